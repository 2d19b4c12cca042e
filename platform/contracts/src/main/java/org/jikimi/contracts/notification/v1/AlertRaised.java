package org.jikimi.contracts.notification.v1;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.MayBeAbsent;

/**
 * Somebody must act, by a time.
 *
 * @param alertId the alert
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state. One of {@code RAISED}, {@code ACKNOWLEDGED}, {@code ESCALATED}, {@code CLOSED}.
 * @param childId the child, a pseudonym; absent where no child is meant
 * @param districtCode district 자치구, five digits; absent where the whole city is meant
 * @param kind what it asks for, a code that has a Korean and an English wording
 * @param subjectType what it is about. One of {@code FLAG}, {@code VISIT}, {@code REPORT}, {@code INVESTIGATION},
 *     {@code MEASURE}, {@code CASE}, {@code REFERRAL}, {@code PLACEMENT}, {@code ROUND}, {@code CLOCK},
 *     {@code SILENCE}, {@code CHILD}.
 * @param subjectId id of what it is about
 * @param recipientRole who must act. One of {@code dong-officer}, {@code abuse-investigator}, {@code case-manager},
 *     {@code shelter-staff}, {@code police}, {@code supervisor}, {@code operator}, {@code analyst}, {@code medical},
 *     {@code school}, {@code auditor}, {@code welfare-provider}, {@code coaching-provider}.
 * @param severity how pressing. One of {@code INFO}, {@code WARNING}, {@code CRITICAL}.
 * @param actBy by when
 * @param raisedAt when
 */
public record AlertRaised(
        UUID alertId,
        long version,
        String state,
        @MayBeAbsent UUID childId,
        @MayBeAbsent String districtCode,
        String kind,
        String subjectType,
        UUID subjectId,
        String recipientRole,
        String severity,
        Instant actBy,
        Instant raisedAt) {
    public AlertRaised {
        Objects.requireNonNull(alertId, "alertId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(subjectType, "subjectType");
        Objects.requireNonNull(subjectId, "subjectId");
        Objects.requireNonNull(recipientRole, "recipientRole");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(actBy, "actBy");
        Objects.requireNonNull(raisedAt, "raisedAt");
    }
}
