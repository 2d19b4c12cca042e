package org.jikimi.referral.intake;

import java.time.Instant;
import java.util.UUID;
import org.jikimi.contracts.cases.v1.AbuseDetermined;
import org.jikimi.contracts.cases.v1.CaseOpened;
import org.jikimi.contracts.cases.v1.VisitCompleted;
import org.jikimi.referral.agency.ServiceCatalogue;
import org.jikimi.referral.referral.Ask;
import org.jikimi.referral.referral.Basis;
import org.jikimi.referral.referral.RequestReferral;
import org.jikimi.referral.referral.Urgency;
import org.jspecify.annotations.Nullable;

/** What is asked for because of an event, and the id that makes a repeat of the event ask for it only once. */
final class Asks {
    /** Child Welfare Act 아동복지법 art. 22: a child protection agency supports and manages the case of an abused child. */
    static final String CASE_MANAGEMENT_BASIS = "CHILD_WELFARE_ACT_22";

    /** A legal basis whose provision the visit did not name. */
    private static final String PROVISION_NOT_NAMED = "NOT_NAMED";

    private Asks() {}

    static UUID idOf(VisitCompleted event, String needCode) {
        return RequestReferral.idOf("visit:" + event.visitId() + ":" + event.childId() + ":" + needCode);
    }

    static UUID idOf(CaseOpened event) {
        return RequestReferral.idOf("case:" + event.caseId() + ":" + event.childId() + ":" + event.version());
    }

    static UUID idOf(AbuseDetermined event) {
        return RequestReferral.idOf("determination:" + event.determinationId() + ":" + event.childId());
    }

    static Ask of(VisitCompleted event, VisitCompleted.Need need, UUID correlation, Instant now) {
        var basis = Basis.valueOf(need.basis());
        return new Ask(
                event.childId(),
                event.districtCode(),
                event.dongCode(),
                ServiceCatalogue.meeting(need.code()).code(),
                need.code(),
                Urgency.ORDINARY,
                basis,
                basis == Basis.CONSENT ? null : provision(need.legalBasis()),
                null,
                null,
                event.visitId(),
                correlation,
                now);
    }

    static Ask of(CaseOpened event, UUID correlation, Instant now) {
        return new Ask(
                event.childId(),
                event.districtCode(),
                event.dongCode(),
                ServiceCatalogue.CASE_MANAGEMENT,
                null,
                Urgency.URGENT,
                Basis.LEGAL_BASIS,
                CASE_MANAGEMENT_BASIS,
                event.caseId(),
                event.version(),
                null,
                correlation,
                now);
    }

    static Ask of(AbuseDetermined event, UUID correlation, Instant now) {
        return new Ask(
                event.childId(),
                event.districtCode(),
                null,
                ServiceCatalogue.PARENTING_COACHING,
                null,
                Urgency.ORDINARY,
                Basis.CONSENT,
                null,
                null,
                null,
                null,
                correlation,
                now);
    }

    private static String provision(@Nullable String legalBasis) {
        return legalBasis == null ? PROVISION_NOT_NAMED : legalBasis;
    }
}
