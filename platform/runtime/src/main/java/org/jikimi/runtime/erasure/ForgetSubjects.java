package org.jikimi.runtime.erasure;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jikimi.runtime.keys.SubjectKeys;

/**
 * Forgets what the platform's own tables keep of subjects: their keys, parked events, and answers remembered for ever. Answers
 * remembered for a day, and events in the outbox, go by themselves; the audit stays, for it tells pseudonyms alone.
 */
public final class ForgetSubjects {
    private static final String PARKED =
            "DELETE FROM inbox_parked WHERE key = ANY (?::text[]) AND topic <> ALL (?::text[])";
    private static final String TRIED_AGAIN = """
            UPDATE inbox_parked SET reason = 'EARLY', code = 'KEY_FORGOTTEN'
            WHERE key = ANY (?::text[]) AND topic = ANY (?::text[]) AND reason = 'BEHIND'""";
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
        forget(tx, subjects, about, Set.of(), now);
    }

    /**
     * The same, where some events have the ids of subjects as keys and are about others. Those that waited behind a failed one
     * do not any more: they are tried again as soon as the event has been applied of which the caller is the handler.
     *
     * @param ofOthers topics of such events
     */
    public void forget(
            Connection tx,
            Collection<UUID> subjects,
            Collection<String> about,
            Collection<String> ofOthers,
            Instant now)
            throws SQLException {
        keys.destroy(tx, subjects, now);
        execute(tx, PARKED, subjects, ofOthers);
        execute(tx, TRIED_AGAIN, subjects, ofOthers);
        execute(tx, ANSWERS, about);
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

    private static void execute(Connection tx, String sql, Collection<?>... values) throws SQLException {
        try (var statement = tx.prepareStatement(sql)) {
            for (int n = 0; n < values.length; n++) {
                statement.setArray(
                        n + 1,
                        tx.createArrayOf(
                                "text", values[n].stream().map(String::valueOf).toArray()));
            }
            statement.executeUpdate();
        }
    }
}
