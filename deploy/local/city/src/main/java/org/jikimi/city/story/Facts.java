package org.jikimi.city.story;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the four services show of the story from outside, as far as the ledger counts it.
 *
 * @param flags flags of rounds and between rounds; children in the backlog among them
 * @param visits household visits
 * @param reports reports of suspected abuse
 * @param clocks legal clocks
 * @param checks whereabouts checks of the police
 * @param cases case files
 * @param referrals referrals
 * @param places places of children in shelters
 * @param alerts alerts with their deliveries
 */
record Facts(
        List<Flag> flags,
        List<Visit> visits,
        List<Report> reports,
        List<Clock> clocks,
        List<Check> checks,
        List<CaseFile> cases,
        List<Referral> referrals,
        List<Place> places,
        List<Alert> alerts) {

    Facts {
        flags = List.copyOf(flags);
        visits = List.copyOf(visits);
        reports = List.copyOf(reports);
        clocks = List.copyOf(clocks);
        checks = List.copyOf(checks);
        cases = List.copyOf(cases);
        referrals = List.copyOf(referrals);
        places = List.copyOf(places);
        alerts = List.copyOf(alerts);
    }

    /** @param backlog whether the child waits in the visible, ranked backlog instead of having a visit */
    record Flag(String id, String childId, String districtCode, boolean backlog) {}

    /** @param attempts attempts that did not lead through the door */
    record Visit(String id, String state, int attempts, List<VisitedChild> children) {
        Visit {
            children = List.copyOf(children);
        }

        boolean completed() {
            return state.equals("COMPLETED") || state.equals("CLOSED");
        }
    }

    /**
     * @param flagIds flags that the visit answers; none for a sibling who was not flagged
     * @param outcome result for the child; empty while there is none
     */
    record VisitedChild(String childId, List<String> flagIds, String outcome, boolean seen, List<Need> needs) {
        VisitedChild {
            flagIds = List.copyOf(flagIds);
            needs = List.copyOf(needs);
        }
    }

    /** @param basis {@code CONSENT}, {@code LEGAL_BASIS} or {@code DECLINED} */
    record Need(String code, String basis) {
        boolean mayBeMet() {
            return !basis.equals("DECLINED");
        }
    }

    /**
     * @param visitId the visit it came from; empty for none
     * @param investigationId the investigation that answers it; empty while there is none
     * @param determination {@code ABUSE}, {@code GENERAL_CASE}, {@code UNFOUNDED}; empty while there is none
     */
    record Report(
            String id,
            String childId,
            String visitId,
            String channel,
            String state,
            String investigationId,
            String determination) {}

    /** @param subjectId report, investigation, visit or other thing it runs for */
    record Clock(String id, String code, String subjectId, String childId, String state) {
        boolean open() {
            return state.equals("RUNNING") || state.equals("BREACHED");
        }
    }

    /** @param inquiries how often the police looked in vain */
    record Check(String id, String childId, String state, int inquiries) {
        boolean open() {
            return state.equals("OPEN");
        }
    }

    /** @param agencyId the child protection agency that holds it; empty while none does */
    record CaseFile(String id, String childId, String investigationId, String state, String agencyId) {}

    /** @param visitId the visit it came from; empty for none */
    record Referral(String id, String childId, String visitId, String caseId, String service, String state) {}

    /** @param together whether siblings who were placed at the same time are in one shelter */
    record Place(String id, String childId, String state, boolean together) {}

    /**
     * @param recipient role, district and agency that it asks to act
     * @param subjectId flag, visit, report or other thing that it is about
     */
    record Alert(
            String id,
            String kind,
            String recipient,
            String subjectId,
            String state,
            String eventId,
            List<Delivery> deliveries) {
        Alert {
            deliveries = List.copyOf(deliveries);
        }
    }

    /** @param sentAt when the mail server took it over; null before */
    record Delivery(String state, @Nullable Instant sentAt) {}
}
