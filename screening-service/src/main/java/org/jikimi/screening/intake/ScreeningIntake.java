package org.jikimi.screening.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jikimi.contracts.cases.v1.AbuseDetermined;
import org.jikimi.contracts.cases.v1.AbuseReported;
import org.jikimi.contracts.cases.v1.CaseClosed;
import org.jikimi.contracts.cases.v1.CaseDataErased;
import org.jikimi.contracts.cases.v1.CaseOpened;
import org.jikimi.contracts.cases.v1.CaseStatusChanged;
import org.jikimi.contracts.cases.v1.ChildUnlocated;
import org.jikimi.contracts.cases.v1.DeadlineCancelled;
import org.jikimi.contracts.cases.v1.VisitAttempted;
import org.jikimi.contracts.cases.v1.VisitCompleted;
import org.jikimi.contracts.cases.v1.VisitPlanned;
import org.jikimi.contracts.notification.v1.AlertDataErased;
import org.jikimi.contracts.referral.v1.PlacementEnded;
import org.jikimi.contracts.referral.v1.PlacementReserved;
import org.jikimi.contracts.referral.v1.PlacementUnavailable;
import org.jikimi.contracts.referral.v1.ReferralCancelled;
import org.jikimi.contracts.referral.v1.ReferralCompleted;
import org.jikimi.contracts.referral.v1.ReferralDataErased;
import org.jikimi.contracts.referral.v1.ReferralRequested;
import org.jikimi.runtime.erasure.ForgetSubjects;
import org.jikimi.runtime.event.Json;
import org.jikimi.runtime.inbox.EventIntake;
import org.jikimi.runtime.inbox.Outcome;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.screening.erasure.Erasures;
import org.jikimi.screening.outcome.JoinOutcome;
import org.jikimi.screening.outcome.OpenHelp;
import org.jikimi.screening.outcome.VisitFinding;
import org.jikimi.screening.signal.OwnSignals;
import org.jspecify.annotations.Nullable;

/**
 * Hears from case-service what became of flags, and which children somebody works for; from referral-service, whom agencies and
 * shelters help; and from all, whom they have erased. Determined
 * abuse and refused visits become signals, too. What comes late of a child that was erased changes nothing.
 */
@ApplicationScoped
public class ScreeningIntake implements EventIntake {
    private static final Set<String> REFERRAL_OPEN =
            Set.of("REQUESTED", "OFFERED", "ACCEPTED", "DECLINED", "EXPIRED", "IN_SERVICE", "UNPLACED");
    private static final Set<String> REFERRAL_OVER = Set.of("COMPLETED", "CANCELLED");
    private static final Set<String> PLACEMENT_OPEN = Set.of("HELD", "RESERVED", "ADMITTED", "UNPLACED");
    private static final Set<String> PLACEMENT_OVER = Set.of("DISCHARGED");

    private final JoinOutcome join;
    private final ForgetSubjects forget;
    private final OwnSignals own;
    private final Erasures erasures = new Erasures();

    public ScreeningIntake(JoinOutcome join, ForgetSubjects forget, OwnSignals own) {
        this.join = join;
        this.forget = forget;
        this.own = own;
    }

    @Override
    public List<String> topics() {
        return List.of(
                "VisitPlanned",
                "VisitAttempted",
                "VisitCompleted",
                "ChildUnlocated",
                "DeadlineCancelled",
                "AbuseReported",
                "AbuseDetermined",
                "CaseOpened",
                "CaseStatusChanged",
                "CaseClosed",
                "ReferralRequested",
                "ReferralCompleted",
                "ReferralCancelled",
                "PlacementReserved",
                "PlacementUnavailable",
                "PlacementEnded",
                "CaseDataErased",
                "ReferralDataErased",
                "AlertDataErased");
    }

    @Override
    public Outcome handle(ReceivedEvent event, Connection tx) throws SQLException {
        return switch (event.topic()) {
            case "CaseDataErased" -> {
                var erased = Json.read(event.payload(), CaseDataErased.class);
                yield of(erasures.acknowledge(tx, erased.childId(), "case", erased.erasedAt()));
            }
            case "ReferralDataErased" -> {
                var erased = Json.read(event.payload(), ReferralDataErased.class);
                yield of(erasures.acknowledge(tx, erased.childId(), "referral", erased.erasedAt()));
            }
            case "AlertDataErased" -> {
                var erased = Json.read(event.payload(), AlertDataErased.class);
                yield of(erasures.acknowledge(tx, erased.childId(), "notification", erased.erasedAt()));
            }
            default -> forget.isForgotten(tx, event.key()) ? Outcome.STALE : heard(event, tx);
        };
    }

    private Outcome heard(ReceivedEvent event, Connection tx) throws SQLException {
        return switch (event.topic()) {
            case "VisitPlanned" -> planned(tx, Json.read(event.payload(), VisitPlanned.class));
            case "VisitAttempted" -> attempted(tx, Json.read(event.payload(), VisitAttempted.class), event.id());
            case "VisitCompleted" -> completed(tx, Json.read(event.payload(), VisitCompleted.class), event.id());
            case "ChildUnlocated" -> sought(tx, Json.read(event.payload(), ChildUnlocated.class));
            case "DeadlineCancelled" -> cancelled(tx, Json.read(event.payload(), DeadlineCancelled.class));
            case "AbuseReported" -> reported(tx, Json.read(event.payload(), AbuseReported.class));
            case "AbuseDetermined" -> determined(tx, Json.read(event.payload(), AbuseDetermined.class), event.id());
            case "CaseOpened" -> opened(tx, Json.read(event.payload(), CaseOpened.class));
            case "CaseStatusChanged" -> changed(tx, Json.read(event.payload(), CaseStatusChanged.class));
            case "CaseClosed" -> closed(tx, Json.read(event.payload(), CaseClosed.class));
            default -> helped(event, tx);
        };
    }

    /** Whatever is told of an offer between its request and its end changes nothing here. */
    private static Outcome helped(ReceivedEvent event, Connection tx) {
        return switch (event.topic()) {
            case "ReferralRequested" -> {
                var asked = Json.read(event.payload(), ReferralRequested.class);
                yield referral(tx, asked.referralId(), asked.childId(), asked.version(), asked.state());
            }
            case "ReferralCompleted" -> {
                var ended = Json.read(event.payload(), ReferralCompleted.class);
                yield referral(tx, ended.referralId(), ended.childId(), ended.version(), ended.state());
            }
            case "ReferralCancelled" -> {
                var ended = Json.read(event.payload(), ReferralCancelled.class);
                yield referral(tx, ended.referralId(), ended.childId(), ended.version(), ended.state());
            }
            case "PlacementReserved" -> {
                var given = Json.read(event.payload(), PlacementReserved.class);
                yield placement(tx, given.placementId(), given.childId(), given.version(), given.state());
            }
            case "PlacementUnavailable" -> {
                var waiting = Json.read(event.payload(), PlacementUnavailable.class);
                yield placement(tx, waiting.placementId(), waiting.childId(), waiting.version(), waiting.state());
            }
            case "PlacementEnded" -> {
                var ended = Json.read(event.payload(), PlacementEnded.class);
                yield placement(tx, ended.placementId(), ended.childId(), ended.version(), ended.state());
            }
            default -> new Outcome.Rejected("unknown-topic");
        };
    }

    private static Outcome referral(Connection tx, UUID id, UUID child, long version, String state) {
        return REFERRAL_OPEN.contains(state) || REFERRAL_OVER.contains(state)
                ? of(OpenHelp.note(tx, OpenHelp.Kind.REFERRAL, id, child, version, REFERRAL_OPEN.contains(state)))
                : new Outcome.Rejected("unknown-state");
    }

    private static Outcome placement(Connection tx, UUID id, UUID child, long version, String state) {
        return PLACEMENT_OPEN.contains(state) || PLACEMENT_OVER.contains(state)
                ? of(OpenHelp.note(tx, OpenHelp.Kind.PLACEMENT, id, child, version, PLACEMENT_OPEN.contains(state)))
                : new Outcome.Rejected("unknown-state");
    }

    private Outcome planned(Connection tx, VisitPlanned visit) throws SQLException {
        return of(join.visitPlanned(
                tx,
                visit.visitId(),
                visit.childId(),
                visit.version(),
                visit.flagId(),
                visit.dueOn(),
                visit.plannedAt()));
    }

    private Outcome completed(Connection tx, VisitCompleted visit, UUID event) throws SQLException {
        if (!JoinOutcome.OUTCOMES.contains(visit.outcome())) {
            return new Outcome.Rejected("unknown-outcome");
        }
        if (isStrange(visit.birthRegistration(), JoinOutcome.REGISTRATIONS)
                || isStrange(visit.registrationDelay(), JoinOutcome.DELAYS)
                || isStrange(visit.careSetting(), JoinOutcome.CARE_SETTINGS)) {
            return new Outcome.Rejected("unknown-finding");
        }
        if (visit.state().equals("CLOSED") || Boolean.TRUE.equals(visit.notVisited())) {
            return of(join.visitClosed(
                    tx, visit.visitId(), visit.childId(), visit.version(), visit.flagId(), visit.outcome()));
        }
        boolean changed = join.visitCompleted(
                tx,
                visit.visitId(),
                visit.childId(),
                visit.version(),
                visit.flagId(),
                new VisitFinding(
                        visit.outcome(),
                        visit.seen(),
                        visit.birthRegistration(),
                        visit.registrationDelay(),
                        visit.careSetting()),
                visit.completedAt());
        if (visit.outcome().equals("REFUSED")) {
            own.refused(tx, visit.visitId(), visit.childId(), visit.householdId(), visit.completedAt(), event);
        }
        return of(changed);
    }

    private Outcome sought(Connection tx, ChildUnlocated check) {
        if (!JoinOutcome.CHECK_STATES.contains(check.state())) {
            return new Outcome.Rejected("unknown-state");
        }
        var at = check.answeredAt();
        return of(join.soughtByPolice(
                tx,
                check.checkId(),
                check.version(),
                check.visitId(),
                check.childId(),
                check.state(),
                check.result(),
                at == null ? check.since() : at));
    }

    private Outcome cancelled(Connection tx, DeadlineCancelled clock) {
        var child = clock.childId();
        return of(child != null
                && join.clockCancelled(
                        tx,
                        clock.clockId(),
                        clock.version(),
                        clock.clockCode(),
                        clock.subjectId(),
                        child,
                        clock.cancelledAt()));
    }

    private Outcome attempted(Connection tx, VisitAttempted visit, UUID event) throws SQLException {
        if (!JoinOutcome.ATTEMPT_RESULTS.contains(visit.result())) {
            return new Outcome.Rejected("unknown-result");
        }
        if (!visit.result().equals("REFUSED")) {
            return Outcome.STALE;
        }
        boolean changed = join.visitRefused(tx, visit.visitId(), visit.childId(), visit.attemptedAt());
        own.refused(tx, visit.visitId(), visit.childId(), visit.householdId(), visit.attemptedAt(), event);
        return of(changed);
    }

    private Outcome changed(Connection tx, CaseStatusChanged file) {
        if (!JoinOutcome.CASE_STATES.contains(file.state())) {
            return new Outcome.Rejected("unknown-state");
        }
        return of(file.state().equals("MANAGEMENT_REFUSED")
                && join.managementRefused(tx, file.caseId(), file.childId(), file.changedAt()));
    }

    private Outcome reported(Connection tx, AbuseReported report) throws SQLException {
        if (!JoinOutcome.REPORT_STATES.contains(report.state())) {
            return new Outcome.Rejected("unknown-state");
        }
        boolean open = !report.state().equals("CLOSED");
        return of(join.reported(
                tx, report.reportId(), report.childId(), report.version(), open, report.flagId(), report.reportedAt()));
    }

    private Outcome determined(Connection tx, AbuseDetermined found, UUID event) throws SQLException {
        if (!JoinOutcome.DETERMINATIONS.contains(found.determination())) {
            return new Outcome.Rejected("unknown-determination");
        }
        own.determined(tx, found.childId(), event);
        return of(join.determined(
                tx,
                new JoinOutcome.Determined(
                        found.investigationId(),
                        found.version(),
                        found.childId(),
                        found.reportIds(),
                        found.determination(),
                        found.flagId(),
                        found.determinedAt())));
    }

    private Outcome opened(Connection tx, CaseOpened file) throws SQLException {
        return of(join.caseIs(tx, file.caseId(), file.childId(), file.version(), true));
    }

    private Outcome closed(Connection tx, CaseClosed file) throws SQLException {
        return of(join.caseClosed(tx, file.caseId(), file.childId(), file.version(), file.watchUntil()));
    }

    private static boolean isStrange(@Nullable String code, Set<String> known) {
        return code != null && !known.contains(code);
    }

    private static Outcome of(boolean changed) {
        return changed ? Outcome.APPLIED : Outcome.STALE;
    }
}
