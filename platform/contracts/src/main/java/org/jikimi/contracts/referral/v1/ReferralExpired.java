package org.jikimi.contracts.referral.v1;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.MayBeAbsent;

/**
 * Nobody answered an offer in time; the next best is offered the referral.
 *
 * @param referralId the referral
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state. One of {@code REQUESTED}, {@code OFFERED}, {@code ACCEPTED}, {@code DECLINED},
 *     {@code EXPIRED}, {@code IN_SERVICE}, {@code COMPLETED}, {@code CANCELLED}, {@code UNPLACED}.
 * @param childId the child, a pseudonym
 * @param districtCode district 자치구, five digits
 * @param serviceCode service asked for
 * @param caseId the case file, if any
 * @param agencyId the agency that did not answer
 * @param round which offer, from 1
 * @param expiredAt when
 */
public record ReferralExpired(
        UUID referralId,
        long version,
        String state,
        UUID childId,
        String districtCode,
        String serviceCode,
        @MayBeAbsent UUID caseId,
        UUID agencyId,
        int round,
        Instant expiredAt) {
    public ReferralExpired {
        Objects.requireNonNull(referralId, "referralId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(childId, "childId");
        Objects.requireNonNull(districtCode, "districtCode");
        Objects.requireNonNull(serviceCode, "serviceCode");
        Objects.requireNonNull(agencyId, "agencyId");
        Objects.requireNonNull(expiredAt, "expiredAt");
    }
}
