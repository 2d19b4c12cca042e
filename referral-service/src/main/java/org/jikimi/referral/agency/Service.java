package org.jikimi.referral.agency;

import java.util.Set;

/**
 * A service that agencies offer.
 *
 * @param needCodes codes of needs that it meets, beside its own code
 * @param agencyKinds who may offer it
 */
public record Service(
        String code, Set<String> needCodes, Set<AgencyKind> agencyKinds, String nameEnglish, String nameKorean) {
    public Service {
        needCodes = Set.copyOf(needCodes);
        agencyKinds = Set.copyOf(agencyKinds);
    }
}
