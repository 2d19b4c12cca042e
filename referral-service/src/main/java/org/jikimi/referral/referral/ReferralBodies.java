package org.jikimi.referral.referral;

import static org.jikimi.referral.access.Fields.refuse;

import java.time.Instant;
import java.util.UUID;
import org.jikimi.referral.access.Fields;
import org.jikimi.referral.agency.ServiceCatalogue;
import org.jikimi.runtime.rest.ProblemException;
import org.jspecify.annotations.Nullable;

/** Checks what a person asks for; refuses with {@link ProblemException} 422. */
final class ReferralBodies {
    private ReferralBodies() {}

    /** @param id of the referral to be: its correlation, if nothing before it is known */
    static Ask ask(ReferralRequest body, UUID id, Instant now) {
        var basis = Fields.oneOf("basis", Basis.class, body.basis());
        if (basis == Basis.CONSENT && body.legalBasis() != null) {
            throw refuse("legalBasis", "With consent there is none.");
        }
        var urgency = Fields.oneOfOrNull("urgency", Urgency.class, body.urgency());
        var correlation = Fields.uuidOrNull("correlationId", body.correlationId());
        return new Ask(
                Fields.uuid("childId", body.childId()),
                Fields.district("districtCode", body.districtCode()),
                Fields.dongOrNull("dongCode", body.dongCode()),
                service(body.serviceCode(), body.needCode()),
                body.needCode(),
                urgency == null ? Urgency.ORDINARY : urgency,
                basis,
                basis == Basis.CONSENT ? null : Fields.code("legalBasis", body.legalBasis()),
                Fields.uuidOrNull("caseId", body.caseId()),
                null,
                null,
                correlation == null ? id : correlation,
                now);
    }

    private static String service(@Nullable String serviceCode, @Nullable String needCode) {
        if (serviceCode == null) {
            return ServiceCatalogue.meeting(Fields.code("needCode", needCode)).code();
        }
        if (needCode != null) {
            throw refuse("needCode", "A service or a need is named, not both.");
        }
        if (serviceCode.equals(ServiceCatalogue.SHELTER_PLACE)
                || ServiceCatalogue.find(serviceCode).isEmpty()) {
            throw refuse("serviceCode", "A service of the catalogue is needed: GET services.");
        }
        return serviceCode;
    }
}
