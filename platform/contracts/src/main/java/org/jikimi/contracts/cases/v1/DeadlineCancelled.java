package org.jikimi.contracts.cases.v1;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.MayBeAbsent;

/**
 * A supervisor closed a legal clock 법정기한 by hand: nobody has to do any more what it waited for.
 *
 * @param clockId the clock
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state. One of {@code RUNNING}, {@code STOPPED}, {@code BREACHED}, {@code CANCELLED}.
 * @param childId the child, a pseudonym; absent where no child is meant
 * @param districtCode district 자치구, five digits; absent where the whole city is meant
 * @param clockCode legal clock. One of {@code EMERGENCY_MEASURE_END}, {@code INTERIM_MEASURE_REQUEST},
 *     {@code INTERIM_MEASURE_REQUEST_AFTER_URGENT}, {@code COURT_DECISION}, {@code INTERIM_MEASURE_END},
 *     {@code IMMEDIATE_SEPARATION_DECISION}, {@code TEMPORARY_PROTECTION_END}, {@code INVESTIGATION_START},
 *     {@code CROSS_NOTICE}, {@code REFUSED_VISIT_JOINT}, {@code DETERMINATION_DUE}, {@code HOME_SURVEY},
 *     {@code DISCOVERY_SURVEY}, {@code ABROAD_REENTRY_CHECK}.
 * @param subjectType what it is about. One of {@code FLAG}, {@code VISIT}, {@code REPORT}, {@code INVESTIGATION},
 *     {@code MEASURE}, {@code CASE}, {@code REFERRAL}, {@code PLACEMENT}, {@code ROUND}, {@code CLOCK}.
 * @param subjectId id of what it is about
 * @param ownerRole who must act. One of {@code dong-officer}, {@code abuse-investigator}, {@code case-manager},
 *     {@code shelter-staff}, {@code police}, {@code supervisor}, {@code operator}, {@code analyst}, {@code medical},
 *     {@code school}, {@code auditor}.
 * @param dueAt when it would have run out, or did
 * @param reason why. One of {@code CHILD_SEEN_BY_ANOTHER_AGENCY}, {@code CHILD_DECEASED}, {@code LIVES_ABROAD_FOR_GOOD},
 *     {@code DONE_OUTSIDE_THE_PLATFORM}, {@code ENTERED_IN_ERROR}.
 * @param cancelledAt when it was closed
 */
public record DeadlineCancelled(
        UUID clockId,
        long version,
        String state,
        @MayBeAbsent UUID childId,
        @MayBeAbsent String districtCode,
        String clockCode,
        String subjectType,
        UUID subjectId,
        String ownerRole,
        Instant dueAt,
        String reason,
        Instant cancelledAt) {
    public DeadlineCancelled {
        Objects.requireNonNull(clockId, "clockId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(clockCode, "clockCode");
        Objects.requireNonNull(subjectType, "subjectType");
        Objects.requireNonNull(subjectId, "subjectId");
        Objects.requireNonNull(ownerRole, "ownerRole");
        Objects.requireNonNull(dueAt, "dueAt");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(cancelledAt, "cancelledAt");
    }
}
