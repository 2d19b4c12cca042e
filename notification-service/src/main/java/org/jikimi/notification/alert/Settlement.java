package org.jikimi.notification.alert;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an alert asked for has been done, whether or not the alert has been raised yet.
 *
 * @param kind kind of the alerts that are settled
 * @param subjectId what they are about
 * @param party only those of this party or, of deadlines, whose party is a clock, of this child; null for all
 * @param until only those that asked for it by then; null for all
 * @param ofChild whether the subject is a child, of whom it settles alerts about anything; of deadlines, about any visit
 */
public record Settlement(
        AlertKind kind,
        UUID subjectId,
        @Nullable UUID party,
        @Nullable Instant until,
        boolean ofChild) {
    public Settlement(AlertKind kind, UUID subjectId, @Nullable UUID party) {
        this(kind, subjectId, party, null);
    }

    public Settlement(AlertKind kind, UUID subjectId, @Nullable UUID party, @Nullable Instant until) {
        this(kind, subjectId, party, until, false);
    }

    /** Of those about a child, whatever else they are about, that asked for it by then. */
    public static Settlement ofChild(AlertKind kind, UUID childId, Instant until) {
        return new Settlement(kind, childId, null, until, true);
    }
}
