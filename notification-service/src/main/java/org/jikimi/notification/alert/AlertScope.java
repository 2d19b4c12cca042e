package org.jikimi.notification.alert;

import java.util.Optional;
import org.jikimi.runtime.rest.Problem;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.security.Caller;

/**
 * Which alerts a caller may see and take on: those to the caller's role in the caller's districts, those to the
 * caller's agency, and for a supervisor all of the caller's districts. Auditors and operators see as
 * much as a supervisor, and take on what is meant for them alone.
 */
final class AlertScope {
    private AlertScope() {}

    /** Why the caller may not see the alert; empty if the caller may. */
    static Optional<Problem> refusalToSee(Caller caller, Alert alert) {
        return refusal(caller, alert, oversees(caller));
    }

    /** Why the caller may not take the alert on; empty if the caller may. */
    static Optional<Problem> refusalToAct(Caller caller, Alert alert) {
        return refusal(caller, alert, isSupervisor(caller));
    }

    /** In which role the caller takes the alert on. */
    static RecipientRole actsAs(Caller caller, Alert alert) {
        var recipient = alert.addressee().role();
        return isSupervisor(caller) && !caller.has(recipient.code()) ? RecipientRole.SUPERVISOR : recipient;
    }

    static boolean oversees(Caller caller) {
        return isSupervisor(caller)
                || caller.has(RecipientRole.AUDITOR.code())
                || caller.has(RecipientRole.OPERATOR.code());
    }

    private static boolean isSupervisor(Caller caller) {
        return caller.has(RecipientRole.SUPERVISOR.code());
    }

    private static Optional<Problem> refusal(Caller caller, Alert alert, boolean above) {
        var addressee = alert.addressee();
        if (addressee.districtCode() != null && !caller.covers(addressee.districtCode())) {
            return Optional.of(Problems.OTHER_DISTRICT);
        }
        if (above) {
            return Optional.empty();
        }
        if (addressee.agencyId() != null) {
            return addressee.agencyId().equals(caller.agencyId())
                    ? Optional.empty()
                    : Optional.of(Problems.OTHER_AGENCY);
        }
        return caller.has(addressee.role().code()) ? Optional.empty() : Optional.of(Problems.FORBIDDEN);
    }
}
