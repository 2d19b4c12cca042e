package org.jikimi.contracts.notification.v1;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.MayBeAbsent;

/**
 * What an alert asked for has been done; nobody need act on it any more.
 *
 * @param alertId the alert
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state. One of {@code RAISED}, {@code ACKNOWLEDGED}, {@code ESCALATED}, {@code CLOSED}.
 * @param childId the child, a pseudonym; absent where no child is meant
 * @param districtCode district 자치구, five digits; absent where the whole city is meant
 * @param kind what it asked for, a code that has a Korean and an English wording
 * @param subjectType what it is about. One of {@code FLAG}, {@code VISIT}, {@code REPORT}, {@code INVESTIGATION},
 *     {@code MEASURE}, {@code CASE}, {@code REFERRAL}, {@code PLACEMENT}, {@code ROUND}, {@code CLOCK},
 *     {@code SILENCE}, {@code CHILD}.
 * @param subjectId id of what it is about
 * @param closedAt when
 */
public record AlertClosed(
        UUID alertId,
        long version,
        String state,
        @MayBeAbsent UUID childId,
        @MayBeAbsent String districtCode,
        String kind,
        String subjectType,
        UUID subjectId,
        Instant closedAt) {
    public AlertClosed {
        Objects.requireNonNull(alertId, "alertId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(subjectType, "subjectType");
        Objects.requireNonNull(subjectId, "subjectId");
        Objects.requireNonNull(closedAt, "closedAt");
    }
}
