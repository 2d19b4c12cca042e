package org.jikimi.runtime.erasure;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.runtime.keys.SubjectKeys;

/**
 * Forgets what the platform's own tables keep of subjects: their keys, parked events, and answers remembered for ever. Answers
 * remembered for a day, and events in the outbox, go by themselves; the audit stays, for it tells pseudonyms alone.
 */
public final class ForgetSubjects {
    private static final String PARKED =
            "DELETE FROM inbox_parked WHERE key = ANY (ARRAY (SELECT s::text FROM unnest(?::uuid[]) AS s))";
    private static final String ANSWERS =
            "DELETE FROM idempotency WHERE expires_at = 'infinity' AND subjects && ?::text[]";

    private final SubjectKeys keys;

    public ForgetSubjects(SubjectKeys keys) {
        this.keys = keys;
    }

    /**
     * Forgets them within the caller's transaction. Repeating it is harmless.
     *
     * @param subjects whose events have their ids as keys
     * @param about whom and what remembered answers may be about, as {@code type:id}
     */
    public void forget(Connection tx, Collection<UUID> subjects, Collection<String> about, Instant now)
            throws SQLException {
        keys.destroy(tx, subjects, now);
        delete(tx, PARKED, "uuid", subjects);
        delete(tx, ANSWERS, "text", about);
    }

    /** Whether the key of an event is a subject that was forgotten; what comes late of it is passed over. */
    public boolean isForgotten(Connection tx, String key) throws SQLException {
        var subject = subject(key);
        return subject.isPresent() && keys.isDestroyed(tx, subject.get());
    }

    private static Optional<UUID> subject(String key) {
        try {
            return Optional.of(UUID.fromString(key));
        } catch (IllegalArgumentException other) {
            return Optional.empty();
        }
    }

    private static void delete(Connection tx, String sql, String type, Collection<?> values) throws SQLException {
        if (values.isEmpty()) {
            return;
        }
        try (var delete = tx.prepareStatement(sql)) {
            delete.setArray(1, tx.createArrayOf(type, values.toArray()));
            delete.executeUpdate();
        }
    }
}
