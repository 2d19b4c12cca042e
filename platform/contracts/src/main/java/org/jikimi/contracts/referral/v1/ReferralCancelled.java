package org.jikimi.contracts.referral.v1;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.MayBeAbsent;

/**
 * A referral that no agency had taken on was ended 연계 취소: nobody is asked any more.
 *
 * @param referralId the referral
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state. One of {@code REQUESTED}, {@code OFFERED}, {@code ACCEPTED}, {@code DECLINED},
 *     {@code EXPIRED}, {@code IN_SERVICE}, {@code COMPLETED}, {@code CANCELLED}, {@code UNPLACED}.
 * @param childId the child, a pseudonym
 * @param districtCode district 자치구, five digits
 * @param serviceCode service asked for
 * @param caseId the case file, if any
 * @param agencyId the agency that had an offer; absent if there was none
 * @param reason why. One of {@code WITHDRAWN}, {@code NO_LONGER_NEEDED}, {@code CASE_CLOSED}.
 * @param cancelledAt when
 */
public record ReferralCancelled(
        UUID referralId,
        long version,
        String state,
        UUID childId,
        String districtCode,
        String serviceCode,
        @MayBeAbsent UUID caseId,
        @MayBeAbsent UUID agencyId,
        String reason,
        Instant cancelledAt) {
    public ReferralCancelled {
        Objects.requireNonNull(referralId, "referralId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(childId, "childId");
        Objects.requireNonNull(districtCode, "districtCode");
        Objects.requireNonNull(serviceCode, "serviceCode");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(cancelledAt, "cancelledAt");
    }
}
