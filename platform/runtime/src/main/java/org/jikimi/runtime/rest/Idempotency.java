package org.jikimi.runtime.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jikimi.runtime.keys.Keyring;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the first answer to each key, in the transaction of its effect. The body itself is not kept: its keyed hash
 * is, sealed together with the answer. A hash by any key that is still on the ring counts, so that a repeat is known
 * after the keys were rotated, even years later.
 */
final class Idempotency {
    private static final String PURPOSE = "idempotency";
    private static final Duration A_DAY = Duration.ofHours(24);
    private static final OffsetDateTime NEVER = OffsetDateTime.MAX;
    /** Expired rows are dropped a few at a time, by those who add new ones. */
    private static final String DROP_EXPIRED = """
            DELETE FROM idempotency WHERE scope = ANY (ARRAY (
                SELECT scope FROM idempotency WHERE expires_at < ? AND expires_at < 'infinity'
                ORDER BY expires_at LIMIT 3 FOR UPDATE SKIP LOCKED))""";
    /** Waits while another transaction holds the same scope; answers 0 rows if that one committed. */
    private static final String CLAIM = """
            INSERT INTO idempotency AS kept (scope, expires_at) VALUES (?, ?)
            ON CONFLICT (scope) DO UPDATE SET expires_at = excluded.expires_at, sealed = NULL
            WHERE kept.expires_at < ?""";

    /** Fields that are absent and fields that are null are the same, so that a later version may add optional ones. */
    private static final ObjectMapper CANONICAL = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    /**
     * What is sealed.
     *
     * @param roles those of the caller; null if it was kept before they were
     */
    private record Kept(
            String mac,
            Written answer,
            List<String> subjects,
            @Nullable Set<String> roles) {}

    /**
     * An earlier answer.
     *
     * @param subjects whom it was about
     * @param roles to whom it was shown: what a caller sees depends on them
     */
    record Replay(Written answer, List<String> subjects, Set<String> roles) {}

    private final Keyring keys;

    Idempotency(Keyring keys) {
        this.keys = keys;
    }

    /** One key of one caller for one action. */
    final class Claim {
        private final byte[] scope;
        private final byte[] body;

        private Claim(byte[] scope, byte[] body) {
            this.scope = scope;
            this.body = body;
        }

        /**
         * Takes the key for this transaction, after waiting for any other that holds it.
         *
         * @return the answer given before; null if this request is the first
         * @throws ProblemException 422 if the key was used with another body
         */
        @Nullable
        Replay take(Connection tx, Remember remember, Instant now) throws SQLException {
            var at = now.atOffset(ZoneOffset.UTC);
            try (var claim = tx.prepareStatement(CLAIM)) {
                claim.setBytes(1, scope);
                claim.setObject(2, remember == Remember.FOR_EVER ? NEVER : at.plus(A_DAY));
                claim.setObject(3, at);
                if (claim.executeUpdate() == 1) {
                    dropExpired(tx, at);
                    return null;
                }
            }
            var kept = unseal(read(tx));
            if (!keys.isMac(PURPOSE, body, HexFormat.of().parseHex(kept.mac()))) {
                throw new ProblemException(Problems.KEY_REUSED);
            }
            var roles = kept.roles();
            return new Replay(kept.answer(), kept.subjects(), roles == null ? Set.of() : roles);
        }

        void remember(Connection tx, Written answer, List<String> subjects, Set<String> roles) throws SQLException {
            try (var update = tx.prepareStatement("UPDATE idempotency SET sealed = ?, "
                    + "subjects = CASE WHEN expires_at = 'infinity' THEN ?::text[] END WHERE scope = ?")) {
                var mac = HexFormat.of().formatHex(keys.mac(PURPOSE, body));
                update.setBytes(1, keys.encrypt(json(new Kept(mac, answer, subjects, roles)), context()));
                update.setArray(2, tx.createArrayOf("text", subjects.toArray()));
                update.setBytes(3, scope);
                update.executeUpdate();
            }
        }

        private byte[] read(Connection tx) throws SQLException {
            try (var query = tx.prepareStatement("SELECT sealed FROM idempotency WHERE scope = ?")) {
                query.setBytes(1, scope);
                try (var row = query.executeQuery()) {
                    row.next();
                    return row.getBytes(1);
                }
            }
        }

        private Kept unseal(byte[] sealed) {
            try {
                return CANONICAL.readValue(keys.decrypt(sealed, context()), Kept.class);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String context() {
            return "idempotency:" + HexFormat.of().formatHex(scope);
        }
    }

    Claim claim(String principal, String action, String path, String key, Object body) {
        var scope = String.join("\n", principal, action, path, key);
        return new Claim(sha256(scope.getBytes(StandardCharsets.UTF_8)), json(body));
    }

    private static void dropExpired(Connection tx, OffsetDateTime now) throws SQLException {
        try (var delete = tx.prepareStatement(DROP_EXPIRED)) {
            delete.setObject(1, now);
            delete.executeUpdate();
        }
    }

    private static byte[] json(Object value) {
        try {
            return CANONICAL.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] sha256(byte[] value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
