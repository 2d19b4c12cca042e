package org.jikimi.referral.referral;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST referrals}.
 *
 * @param childId the child, a pseudonym
 * @param districtCode five digits
 * @param dongCode ten digits; may be absent
 * @param serviceCode a service of the catalogue, {@code GET services}; or
 * @param needCode a need, for which the service is found
 * @param urgency {@code EMERGENCY}, {@code URGENT} or {@code ORDINARY}; the last if absent
 * @param basis {@code CONSENT} or {@code LEGAL_BASIS}
 * @param legalBasis legal provision, as a code; with the basis {@code LEGAL_BASIS} alone
 * @param caseId the case file, if any
 * @param excludedAgencyIds agencies accused in the child's matter; kept for everything that follows
 * @param correlationId the flag or report that began it, if known
 */
public record ReferralRequest(
        @Nullable String childId,
        @Nullable String districtCode,
        @Nullable String dongCode,
        @Nullable String serviceCode,
        @Nullable String needCode,
        @Nullable String urgency,
        @Nullable String basis,
        @Nullable String legalBasis,
        @Nullable String caseId,
        @Nullable List<@Nullable String> excludedAgencyIds,
        @Nullable String correlationId) {
    static final ReferralRequest EMPTY =
            new ReferralRequest(null, null, null, null, null, null, null, null, null, null, null);
}
