package org.jikimi.contracts.referral.v1;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.MayBeAbsent;

/**
 * An agency took a referral on.
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
 * @param agencyKind kind of agency. One of {@code CPA}, {@code SHELTER}, {@code DISTRICT_OFFICE},
 *     {@code POLICE_STATION}, {@code CLINIC}, {@code SCHOOL}, {@code DREAM_START}, {@code WELFARE_CENTRE},
 *     {@code COACHING_PROVIDER}.
 * @param acceptedAt when
 */
public record ReferralAccepted(
        UUID referralId,
        long version,
        String state,
        UUID childId,
        String districtCode,
        String serviceCode,
        @MayBeAbsent UUID caseId,
        UUID agencyId,
        String agencyKind,
        Instant acceptedAt) {
    public ReferralAccepted {
        Objects.requireNonNull(referralId, "referralId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(childId, "childId");
        Objects.requireNonNull(districtCode, "districtCode");
        Objects.requireNonNull(serviceCode, "serviceCode");
        Objects.requireNonNull(agencyId, "agencyId");
        Objects.requireNonNull(agencyKind, "agencyKind");
        Objects.requireNonNull(acceptedAt, "acceptedAt");
    }
}
