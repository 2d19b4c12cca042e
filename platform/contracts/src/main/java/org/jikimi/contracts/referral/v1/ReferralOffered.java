package org.jikimi.contracts.referral.v1;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.MayBeAbsent;

/**
 * A referral was offered to the agency that matches best.
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
 * @param agencyKind kind of agency; absent in events of older services. One of {@code CPA}, {@code SHELTER}, {@code DISTRICT_OFFICE},
 *     {@code POLICE_STATION}, {@code CLINIC}, {@code SCHOOL}, {@code DREAM_START}, {@code WELFARE_CENTRE},
 *     {@code COACHING_PROVIDER}.
 * @param round which offer, from 1
 * @param expiresAt when the offer ends
 * @param offeredAt when
 */
public record ReferralOffered(
        UUID referralId,
        long version,
        String state,
        UUID childId,
        String districtCode,
        String serviceCode,
        @MayBeAbsent UUID caseId,
        UUID agencyId,
        @MayBeAbsent String agencyKind,
        int round,
        Instant expiresAt,
        Instant offeredAt) {
    public ReferralOffered {
        Objects.requireNonNull(referralId, "referralId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(childId, "childId");
        Objects.requireNonNull(districtCode, "districtCode");
        Objects.requireNonNull(serviceCode, "serviceCode");
        Objects.requireNonNull(agencyId, "agencyId");
        Objects.requireNonNull(expiresAt, "expiresAt");
        Objects.requireNonNull(offeredAt, "offeredAt");
    }
}
