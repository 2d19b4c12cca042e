package org.jikimi.notification.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jikimi.contracts.cases.v1.AbuseDetermined;
import org.jikimi.contracts.cases.v1.CaseClosed;
import org.jikimi.contracts.cases.v1.CaseStatusChanged;
import org.jikimi.contracts.cases.v1.ChildUnlocated;
import org.jikimi.contracts.cases.v1.DeadlineBreached;
import org.jikimi.contracts.cases.v1.DeadlineCancelled;
import org.jikimi.contracts.cases.v1.InvestigationStarted;
import org.jikimi.contracts.cases.v1.VisitAttempted;
import org.jikimi.contracts.cases.v1.VisitCompleted;
import org.jikimi.contracts.referral.v1.PlacementEnded;
import org.jikimi.contracts.referral.v1.PlacementReserved;
import org.jikimi.contracts.referral.v1.ReferralAccepted;
import org.jikimi.contracts.referral.v1.ReferralCancelled;
import org.jikimi.contracts.referral.v1.ReferralCompleted;
import org.jikimi.contracts.referral.v1.ReferralDeclined;
import org.jikimi.contracts.referral.v1.ReferralExpired;
import org.jikimi.contracts.referral.v1.ReferralUnplaced;
import org.jikimi.contracts.screening.v1.ChildStatusChanged;
import org.jikimi.notification.alert.AlertKind;
import org.jikimi.notification.alert.RegisteredDeath;
import org.jikimi.notification.alert.Settlement;
import org.jikimi.notification.alert.Sighting;

/** Which event shows that what an alert asked for has been done. */
final class SettlementRules {
    private SettlementRules() {}

    /**
     * What an event shows to be done.
     *
     * @param happenedAt when that happened: what is asked for after it is not settled by it
     */
    static List<Settlement> of(Record event, Instant happenedAt) {
        return switch (event) {
            case VisitAttempted e ->
                e.flagId() == null ? List.of() : List.of(new Settlement(AlertKind.URGENT_FLAG, e.flagId(), null));
            case VisitCompleted e -> visited(e, happenedAt);
            case ChildUnlocated e ->
                e.state().equals("LOCATED") || e.state().equals("CLOSED")
                        ? List.of(new Settlement(
                                AlertKind.WHEREABOUTS_CHECK,
                                e.visitId(),
                                e.childId(),
                                happenedAt.plus(AlertRules.WHEREABOUTS_WITHIN)))
                        : List.of();
            case ChildStatusChanged e -> registered(e, happenedAt);
            case InvestigationStarted e -> investigated(e);
            case AbuseDetermined e ->
                List.of(
                        new Settlement(AlertKind.DEADLINE_APPROACHING, e.investigationId(), null),
                        new Settlement(AlertKind.DEADLINE_BREACHED, e.investigationId(), null));
            case CaseStatusChanged e -> List.of(new Settlement(AlertKind.CASE_OPENED, e.caseId(), null));
            case CaseClosed e ->
                List.of(
                        new Settlement(AlertKind.CASE_OPENED, e.caseId(), null),
                        new Settlement(AlertKind.CASE_MANAGEMENT_REFUSED, e.caseId(), null));
            case DeadlineBreached e ->
                List.of(new Settlement(AlertKind.DEADLINE_APPROACHING, e.subjectId(), e.clockId()));
            case DeadlineCancelled e ->
                List.of(
                        new Settlement(AlertKind.DEADLINE_APPROACHING, e.subjectId(), e.clockId()),
                        new Settlement(AlertKind.DEADLINE_BREACHED, e.subjectId(), e.clockId()));
            case ReferralDeclined e ->
                List.of(new Settlement(AlertKind.REFERRAL_OFFERED, e.referralId(), e.agencyId(), e.offerExpiresAt()));
            case ReferralExpired e ->
                List.of(new Settlement(AlertKind.REFERRAL_OFFERED, e.referralId(), e.agencyId(), e.expiredAt()));
            case ReferralUnplaced e -> List.of(new Settlement(AlertKind.REFERRAL_OFFERED, e.referralId(), null));
            case ReferralAccepted e ->
                List.of(
                        new Settlement(AlertKind.REFERRAL_OFFERED, e.referralId(), null),
                        new Settlement(AlertKind.REFERRAL_UNPLACED, e.referralId(), null));
            case ReferralCompleted e -> List.of(new Settlement(AlertKind.REFERRAL_OFFERED, e.referralId(), null));
            case ReferralCancelled e ->
                List.of(
                        new Settlement(AlertKind.REFERRAL_OFFERED, e.referralId(), null),
                        new Settlement(AlertKind.REFERRAL_UNPLACED, e.referralId(), null));
            case PlacementEnded e ->
                List.of(
                        new Settlement(AlertKind.PLACE_UNAVAILABLE, e.placementId(), null),
                        new Settlement(AlertKind.PLACE_RESERVED, e.placementId(), null));
            case PlacementReserved e -> List.of(new Settlement(AlertKind.PLACE_UNAVAILABLE, e.placementId(), null));
            default -> List.of();
        };
    }

    private static List<Settlement> visited(VisitCompleted event, Instant happenedAt) {
        var settled = new ArrayList<Settlement>();
        if (event.flagId() != null) {
            settled.add(new Settlement(AlertKind.URGENT_FLAG, event.flagId(), null));
        }
        settled.add(new Settlement(AlertKind.VISIT_PLANNED, event.visitId(), null));
        settled.add(new Settlement(AlertKind.JOINT_VISIT_PLANNED, event.visitId(), null));
        if (event.seen() || isGone(event)) {
            settled.add(new Settlement(AlertKind.JOINT_VISIT_NEEDED, event.visitId(), event.childId()));
        }
        if (event.seen() || event.outcome().equals("DECEASED")) {
            // who has died by the register may prove to have emigrated, and is asked for at the border from then on
            var until = event.seen() ? null : happenedAt.plus(AlertRules.JOINT_VISIT_WITHIN);
            settled.add(new Settlement(AlertKind.DEADLINE_APPROACHING, event.visitId(), event.childId(), until));
            settled.add(new Settlement(AlertKind.DEADLINE_BREACHED, event.visitId(), event.childId(), until));
        }
        return settled;
    }

    /** Also for a visit that the child has left for this one, or that the family refused before it. */
    static List<Sighting> sightings(Record event, Instant happenedAt) {
        if (!(event instanceof VisitCompleted visit)) {
            return List.of();
        }
        var sightings = new ArrayList<Sighting>();
        if (visit.seen() || isGone(visit)) {
            sightings.add(new Sighting(AlertKind.JOINT_VISIT_NEEDED, visit.childId(), happenedAt));
        }
        if (visit.seen() || visit.outcome().equals("DECEASED")) {
            sightings.add(new Sighting(AlertKind.DEADLINE_APPROACHING, visit.childId(), happenedAt));
            sightings.add(new Sighting(AlertKind.DEADLINE_BREACHED, visit.childId(), happenedAt));
        }
        return sightings;
    }

    /**
     * What ran until the child is seen ends with a death that is news: once told before, somebody may have found it since. What
     * the register says of an alias is not so of the child that survives.
     */
    static List<RegisteredDeath> deaths(Record event, Instant happenedAt) {
        if (!(event instanceof ChildStatusChanged child)
                || !child.state().equals("DECEASED")
                || Boolean.TRUE.equals(child.toldBefore())
                || Boolean.TRUE.equals(child.ofAlias())) {
            return List.of();
        }
        return List.of(
                new RegisteredDeath(AlertKind.DEADLINE_APPROACHING, child.childId(), happenedAt),
                new RegisteredDeath(AlertKind.DEADLINE_BREACHED, child.childId(), happenedAt));
    }

    /** Nobody is to go to the child any more: it has died, or the visit was closed because it lives abroad by the register. */
    private static boolean isGone(VisitCompleted event) {
        return event.outcome().equals("DECEASED")
                || (event.outcome().equals("ABROAD") && event.state().equals("CLOSED"));
    }

    /** What the register said before is not so any more. What a visit found is about the visit, and stands. */
    private static List<Settlement> registered(ChildStatusChanged event, Instant happenedAt) {
        var settled = new ArrayList<Settlement>();
        if (!event.state().equals("DECEASED")) {
            var until = happenedAt.plus(AlertRules.DEATH_WITHIN);
            settled.add(new Settlement(AlertKind.CHILD_DECEASED, event.childId(), null, until));
        }
        if (!event.state().equals("EMIGRATED")) {
            var until = happenedAt.plus(AlertRules.EMIGRATION_WITHIN);
            settled.add(new Settlement(AlertKind.CHILD_EMIGRATED, event.childId(), null, until));
        }
        return settled;
    }

    private static List<Settlement> investigated(InvestigationStarted event) {
        var settled = new ArrayList<Settlement>();
        for (UUID report : event.reportIds()) {
            settled.add(new Settlement(AlertKind.ABUSE_REPORTED, report, null));
            settled.add(new Settlement(AlertKind.DEADLINE_APPROACHING, report, null));
            settled.add(new Settlement(AlertKind.DEADLINE_BREACHED, report, null));
        }
        return settled;
    }
}
