package org.jikimi.contracts.referral.v1;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.MayBeAbsent;

/**
 * An agency declined a referral; the next best is offered it.
 *
 * @param referralId the referral
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state. One of {@code REQUESTED}, {@code OFFERED}, {@code ACCEPTED}, {@code DECLINED},
 *     {@code EXPIRED}, {@code IN_SERVICE}, {@code COMPLETED}, {@code CANCELLED}, {@code UNPLACED}.
 * @param childId the child, a pseudonym
 * @param districtCode district 자치구, five digits
 * @param serviceCode service asked for
 * @param caseId the case file, if any
 * @param agencyId the agency
 * @param offerExpiresAt when the declined offer would have ended, which tells it from other offers to the same agency; absent in
 *     events of older services
 * @param reason why. One of {@code NO_CAPACITY}, {@code OUT_OF_CATCHMENT}, {@code NOT_SUITABLE},
 *     {@code CONFLICT_OF_INTEREST}, {@code OTHER}.
 * @param declinedAt when
 */
public record ReferralDeclined(
        UUID referralId,
        long version,
        String state,
        UUID childId,
        String districtCode,
        String serviceCode,
        @MayBeAbsent UUID caseId,
        UUID agencyId,
        @MayBeAbsent Instant offerExpiresAt,
        String reason,
        Instant declinedAt) {
    public ReferralDeclined {
        Objects.requireNonNull(referralId, "referralId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(childId, "childId");
        Objects.requireNonNull(districtCode, "districtCode");
        Objects.requireNonNull(serviceCode, "serviceCode");
        Objects.requireNonNull(agencyId, "agencyId");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(declinedAt, "declinedAt");
    }
}
