package org.jikimi.contracts.referral.v1;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.MayBeAbsent;

/**
 * A service was asked for a child 연계 의뢰.
 *
 * @param referralId the referral
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state. One of {@code REQUESTED}, {@code OFFERED}, {@code ACCEPTED}, {@code DECLINED},
 *     {@code EXPIRED}, {@code IN_SERVICE}, {@code COMPLETED}, {@code CANCELLED}, {@code UNPLACED}.
 * @param childId the child, a pseudonym
 * @param districtCode district 자치구, five digits
 * @param serviceCode service asked for
 * @param caseId the case file, if any
 * @param dongCode dong 행정동, ten digits
 * @param visitId the visit it came from, if any
 * @param urgency urgency. One of {@code EMERGENCY}, {@code URGENT}, {@code ORDINARY}.
 * @param basis basis. One of {@code CONSENT}, {@code LEGAL_BASIS}.
 * @param legalBasis legal provision, as a code; absent unless the basis is {@code LEGAL_BASIS}
 * @param excludedAgencyIds agencies that must not be offered it
 * @param requestedAt when
 */
public record ReferralRequested(
        UUID referralId,
        long version,
        String state,
        UUID childId,
        String districtCode,
        String serviceCode,
        @MayBeAbsent UUID caseId,
        @MayBeAbsent String dongCode,
        @MayBeAbsent UUID visitId,
        String urgency,
        String basis,
        @MayBeAbsent String legalBasis,
        List<UUID> excludedAgencyIds,
        Instant requestedAt) {
    public ReferralRequested {
        Objects.requireNonNull(referralId, "referralId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(childId, "childId");
        Objects.requireNonNull(districtCode, "districtCode");
        Objects.requireNonNull(serviceCode, "serviceCode");
        Objects.requireNonNull(urgency, "urgency");
        Objects.requireNonNull(basis, "basis");
        excludedAgencyIds = List.copyOf(excludedAgencyIds);
        Objects.requireNonNull(requestedAt, "requestedAt");
    }
}
