package org.jikimi.referral.referral;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for, for whom, and on what basis; never changes.
 *
 * @param needCode the need it meets, as it was found; null if none was
 * @param legalBasis legal provision, as a code; null unless the basis is {@link Basis#LEGAL_BASIS}
 * @param caseId the case file, if any
 * @param caseVersion version at which that case was opened; a case may be opened again
 * @param visitId the visit it came from, if any
 * @param correlationId the flag or report that began it all
 */
public record Ask(
        UUID childId,
        String districtCode,
        @Nullable String dongCode,
        String serviceCode,
        @Nullable String needCode,
        Urgency urgency,
        Basis basis,
        @Nullable String legalBasis,
        @Nullable UUID caseId,
        @Nullable Long caseVersion,
        @Nullable UUID visitId,
        UUID correlationId,
        Instant requestedAt) {
    public Ask {
        if ((legalBasis == null) != (basis == Basis.CONSENT)) {
            throw new IllegalArgumentException("a legal basis names its provision, consent has none");
        }
    }
}
