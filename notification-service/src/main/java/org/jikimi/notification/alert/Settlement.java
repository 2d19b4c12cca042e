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
 */
public record Settlement(
        AlertKind kind,
        UUID subjectId,
        @Nullable UUID party,
        @Nullable Instant until) {
    public Settlement(AlertKind kind, UUID subjectId, @Nullable UUID party) {
        this(kind, subjectId, party, null);
    }
}
