package org.jikimi.referral.agency;

import java.util.List;

/**
 * A service of the catalogue as the API shows it.
 *
 * @param needCodes needs that it meets, beside its own code
 * @param agencyKinds who may offer it
 */
public record ServiceView(String code, List<String> needCodes, List<String> agencyKinds, String nameEn, String nameKo) {
    public ServiceView {
        needCodes = List.copyOf(needCodes);
        agencyKinds = List.copyOf(agencyKinds);
    }

    static ServiceView of(Service service) {
        return new ServiceView(
                service.code(),
                service.needCodes().stream().sorted().toList(),
                service.agencyKinds().stream().map(AgencyKind::name).sorted().toList(),
                service.nameEnglish(),
                service.nameKorean());
    }
}
