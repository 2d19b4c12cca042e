package org.jikimi.runtime.keys;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The key store: a random key for each subject, wrapped by the service's current key. What is sealed under it can be read by
 * nobody once the key is destroyed, wherever a copy of the text may lie. A destroyed key leaves a mark, so that no new one is
 * ever made for that subject.
 */
public final class SubjectKeys {
    private static final int KEY_BYTES = 32;

    private final Keyring keyring;
    private final SecureRandom random = new SecureRandom();

    public SubjectKeys(Keyring keyring) {
        this.keyring = keyring;
    }

    /** The data of the subject were erased; nothing is sealed for it again. */
    public static final class Destroyed extends IllegalStateException {
        Destroyed() {
            super("the subject's key was destroyed");
        }
    }

    /**
     * The keys of the subjects to seal with, made where there are none.
     *
     * @throws Destroyed if one of them was destroyed
     */
    public SubjectRing make(Connection tx, Collection<UUID> subjects) throws SQLException {
        var missing = new LinkedHashSet<>(subjects);
        var kept = read(tx, missing);
        missing.removeAll(kept.keySet());
        var made = insert(tx, missing);
        missing.removeAll(made.keySet());
        kept.putAll(read(tx, missing)); // others made them meanwhile
        if (kept.containsValue(Optional.<byte[]>empty())) {
            throw new Destroyed();
        }
        made.putAll(unwrapped(kept));
        return new SubjectRing(keyring, made);
    }

    /** Draws keys for subjects that are new; they count once they are {@linkplain NewKeys#store stored}. */
    public NewKeys draw(Collection<UUID> subjects) {
        var keys = new LinkedHashMap<UUID, byte[]>();
        var wrapped = new LinkedHashMap<UUID, byte[]>();
        for (var subject : subjects) {
            var key = fresh();
            keys.put(subject, key);
            wrapped.put(subject, keyring.encrypt(key, context(subject)));
        }
        return new NewKeys(keyring, keys, wrapped);
    }

    /** The keys of the subjects to open with, as far as there are any. */
    public SubjectRing of(Connection tx, Collection<UUID> subjects) throws SQLException {
        return new SubjectRing(keyring, unwrapped(read(tx, subjects)));
    }

    /**
     * The key of a subject to open with, read by the very statement that read what is sealed under it: so that no erasure lies
     * between the two.
     *
     * @param wrapped as the key store has it; null if the subject has no key
     */
    public SubjectRing of(UUID subject, byte @Nullable [] wrapped) {
        return new SubjectRing(keyring, unwrapped(Map.of(subject, Optional.ofNullable(wrapped))));
    }

    /** Destroys the keys, and sees to it that none is made for the subjects again. Repeating it changes nothing. */
    public void destroy(Connection tx, Collection<UUID> subjects, Instant now) throws SQLException {
        var sql = "INSERT INTO subject_key (subject, destroyed_at) "
                + "SELECT DISTINCT s, CAST(? AS timestamptz) FROM unnest(?::uuid[]) AS s ORDER BY s "
                + "ON CONFLICT (subject) DO UPDATE SET wrapped = NULL, destroyed_at = excluded.destroyed_at "
                + "WHERE subject_key.destroyed_at IS NULL";
        try (var destroy = tx.prepareStatement(sql)) {
            destroy.setObject(1, now.atOffset(ZoneOffset.UTC));
            destroy.setArray(2, tx.createArrayOf("uuid", subjects.toArray()));
            destroy.executeUpdate();
        }
    }

    /** Those of the subjects whose keys were destroyed. */
    public Set<UUID> destroyedAmong(Connection tx, Collection<UUID> subjects) throws SQLException {
        var sql = "SELECT subject FROM subject_key WHERE subject = ANY (?) AND destroyed_at IS NOT NULL";
        try (var query = tx.prepareStatement(sql)) {
            query.setArray(1, tx.createArrayOf("uuid", subjects.toArray()));
            var destroyed = new HashSet<UUID>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    destroyed.add(rows.getObject(1, UUID.class));
                }
            }
            return destroyed;
        }
    }

    public boolean isDestroyed(Connection tx, UUID subject) throws SQLException {
        return !destroyedAmong(tx, List.of(subject)).isEmpty();
    }

    /** Makes keys for the subjects; answers those that were made, for others may have made some meanwhile. */
    private Map<UUID, byte[]> insert(Connection tx, Collection<UUID> subjects) throws SQLException {
        var made = new HashMap<UUID, byte[]>();
        if (subjects.isEmpty()) {
            return made;
        }
        var ids = subjects.stream().sorted().toList();
        var keys = ids.stream().collect(Collectors.toMap(id -> id, id -> fresh()));
        var wrapped = ids.stream()
                .map(id -> keyring.encrypt(Objects.requireNonNull(keys.get(id)), context(id)))
                .toArray(byte[][]::new);
        var sql = "INSERT INTO subject_key (subject, wrapped) SELECT * FROM unnest(?::uuid[], ?::bytea[]) "
                + "ON CONFLICT (subject) DO NOTHING RETURNING subject";
        try (var insert = tx.prepareStatement(sql)) {
            insert.setArray(1, tx.createArrayOf("uuid", ids.toArray()));
            insert.setArray(2, tx.createArrayOf("bytea", wrapped));
            try (var rows = insert.executeQuery()) {
                while (rows.next()) {
                    var id = rows.getObject(1, UUID.class);
                    made.put(id, Objects.requireNonNull(keys.get(id)));
                }
            }
        }
        return made;
    }

    private byte[] fresh() {
        var key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return key;
    }

    /** The wrapped keys; empty for one that was destroyed. */
    private static Map<UUID, Optional<byte[]>> read(Connection tx, Collection<UUID> subjects) throws SQLException {
        var kept = new LinkedHashMap<UUID, Optional<byte[]>>();
        if (subjects.isEmpty()) {
            return kept;
        }
        try (var query = tx.prepareStatement("SELECT subject, wrapped FROM subject_key WHERE subject = ANY (?)")) {
            query.setArray(1, tx.createArrayOf("uuid", subjects.toArray()));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    kept.put(rows.getObject(1, UUID.class), Optional.ofNullable(rows.getBytes(2)));
                }
            }
        }
        return kept;
    }

    private Map<UUID, byte[]> unwrapped(Map<UUID, Optional<byte[]>> kept) {
        var keys = new HashMap<UUID, byte[]>();
        kept.forEach((subject, wrapped) ->
                wrapped.ifPresent(key -> keys.put(subject, keyring.decrypt(key, context(subject)))));
        return keys;
    }

    private static String context(UUID subject) {
        return "subject-key:" + subject;
    }
}
