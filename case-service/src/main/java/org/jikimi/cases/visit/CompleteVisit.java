package org.jikimi.cases.visit;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.cases.clock.ClockCode;
import org.jikimi.cases.clock.ClockStart;
import org.jikimi.cases.clock.RunClocks;
import org.jikimi.cases.register.RegisterStates;
import org.jikimi.cases.report.ReceiveReport;
import org.jikimi.cases.report.Urgency;
import org.jikimi.cases.support.Ruling;
import org.jikimi.cases.timeline.Chronicle;
import org.jspecify.annotations.Nullable;

/**
 * Completes a visit with a result for each child. A suspicion is reported at once; a child who was refused, not found or
 * abroad keeps a visit, a check or a clock until somebody has seen the child.
 */
@ApplicationScoped
class CompleteVisit {
    private static final ClockCode[] UNTIL_SEEN = {ClockCode.REFUSED_VISIT_JOINT, ClockCode.ABROAD_REENTRY_CHECK};

    private final RegisterStates states = new RegisterStates();
    private final Visits visits;
    private final PlanVisit plan;
    private final FindChild find;
    private final ReceiveReport reports;
    private final RunClocks clocks;
    private final Chronicle chronicle;

    CompleteVisit(
            Visits visits,
            PlanVisit plan,
            FindChild find,
            ReceiveReport reports,
            RunClocks clocks,
            Chronicle chronicle) {
        this.visits = visits;
        this.plan = plan;
        this.find = find;
        this.reports = reports;
        this.clocks = clocks;
        this.chronicle = chronicle;
    }

    /**
     * Expects a locked visit. A child who has died or emigrated, as the register says, needs no result; one that is given
     * stands.
     */
    Ruling<Visit> complete(Connection tx, Visit visit, Map<UUID, ChildResult> given, @Nullable String note, Instant at)
            throws SQLException {
        var results = WhoLeft.among(tx, visit.childIds());
        results.putAll(given);
        var ruling = visit.completed(results, at);
        if (ruling instanceof Ruling.Allowed<Visit>(var completed)) {
            for (var found : given.entrySet()) {
                var left = states.left(tx, found.getKey());
                if (found.getValue().speaksAgainst(left)) {
                    states.contradict(tx, found.getKey());
                } else if (found.getValue().agreesWith(left)) {
                    states.confirm(tx, found.getKey());
                }
            }
            visits.update(tx, completed);
            if (note != null) {
                visits.write(tx, completed.id(), note);
            }
            chronicle.tell(tx, VisitEvents.completed(completed, at));
            var refused = new ArrayList<VisitChild>();
            for (var child : completed.children()) {
                follow(tx, completed, child, at);
                if (Objects.requireNonNull(child.result()).outcome() == VisitOutcome.REFUSED) {
                    refused.add(child);
                }
            }
            if (!refused.isEmpty()) {
                goAgainWithPolice(tx, completed, refused, at);
            }
        }
        return ruling;
    }

    /** The child was seen, or found dead by a person: nobody has to see it any more, whatever the register says. */
    private void found(Connection tx, UUID childId, CheckResult how, Instant at) throws SQLException {
        clocks.stopOfFound(tx, childId, at, UNTIL_SEEN);
        find.found(tx, childId, how, at);
    }

    /** The register says that the child has died: nobody has to see it until that is taken back. */
    void registeredDead(Connection tx, UUID childId, Instant at) throws SQLException {
        clocks.pauseOfChild(tx, childId, at, UNTIL_SEEN);
        find.registeredDead(tx, childId, at);
    }

    /**
     * The register says no more that the child has died: whoever was to see it is to see it again, unless somebody has found it
     * since. Checks and clocks have the time that was left, as if they had gone on, and never more.
     *
     * @param id whose own they are, for it may have been an alias of the child that died
     */
    void registeredAlive(Connection tx, UUID id, Instant at) throws SQLException {
        clocks.resumeOfChild(
                tx,
                id,
                (code, visit, since) -> !visits.foundSince(tx, id, since)
                        && (code != ClockCode.REFUSED_VISIT_JOINT || !isLeftOut(tx, visit, id)));
        find.registeredAlive(tx, id, at);
    }

    /** An id is of another child now: what was found of one may end nothing any more of the other. */
    void part(Connection tx, UUID id) {
        clocks.part(tx, id);
        find.part(tx, id);
    }

    /** An id is of a child now: what a visit found under one of its ids ends what had begun under the others by then. */
    void join(Connection tx, UUID id, Instant at) throws SQLException {
        clocks.stopOfFoundBefore(
                tx,
                id,
                at,
                (clockChild, since) -> visits.foundUnder(tx, clockChild, since).map(Visits.Found::as),
                UNTIL_SEEN);
        find.join(tx, id);
    }

    /** Does what the result of a child calls for. */
    void follow(Connection tx, Visit visit, VisitChild child, Instant at) throws SQLException {
        var result = Objects.requireNonNull(child.result());
        if (Boolean.TRUE.equals(result.notVisited())) {
            if (result.outcome() == VisitOutcome.DECEASED) {
                registeredDead(tx, child.childId(), at);
            }
        } else if (result.seen() || result.outcome() == VisitOutcome.DECEASED) {
            var how = result.outcome() == VisitOutcome.DECEASED ? CheckResult.DECEASED : CheckResult.LOCATED;
            found(tx, child.childId(), how, at);
        }
        switch (result.outcome()) {
            case SUSPECTED_ABUSE -> reports.fromVisit(tx, suspicion(visit, child, result), at);
            case UNLOCATED -> find.ask(tx, visit, child, at);
            case ABROAD -> askAtTheBorder(tx, visit, child, visit.districtCode(), at);
            case SAFE, WELFARE_NEED, REFUSED, MOVED, DECEASED -> {} // nothing more here
        }
    }

    /** The register says now that a child emigrated of whom it had said that it died, so that nobody went to it. */
    void registeredAbroad(Connection tx, Visit over, UUID childId, String district, Instant at) throws SQLException {
        var child = over.child(childId).filter(VisitChild::isLeftOut);
        if (child.isPresent() && Objects.requireNonNull(child.get().result()).outcome() == VisitOutcome.DECEASED) {
            askAtTheBorder(tx, over, child.get(), district, at);
        }
    }

    private void askAtTheBorder(Connection tx, Visit visit, VisitChild child, String district, Instant at)
            throws SQLException {
        clocks.start(
                tx,
                new ClockStart(
                        ClockCode.ABROAD_REENTRY_CHECK,
                        visit.id(),
                        child.childId(),
                        district,
                        visit.correlationOf(child),
                        at));
    }

    /** Whether a visit is over to which nobody went for the child's sake: a clock waits for one that is made after all. */
    private boolean isLeftOut(Connection tx, UUID visitId, UUID childId) throws SQLException {
        return visits.find(tx, visitId)
                .flatMap(visit -> visit.child(childId))
                .filter(VisitChild::isLeftOut)
                .isPresent();
    }

    private void goAgainWithPolice(Connection tx, Visit visit, List<VisitChild> refused, Instant at)
            throws SQLException {
        var next = plan.followUp(
                tx,
                new VisitPlan(
                        visit.householdId(),
                        visits.nextOrdinal(tx, visit.householdId()),
                        visit.districtCode(),
                        visit.dongCode(),
                        true,
                        visit.correlation(),
                        at),
                VisitKind.JOINT_WITH_POLICE,
                refused,
                null);
        for (var child : refused) {
            clocks.start(tx, AttemptVisit.jointVisit(next, child, at));
        }
    }

    private static ReceiveReport.Suspicion suspicion(Visit visit, VisitChild child, ChildResult result) {
        return new ReceiveReport.Suspicion(
                visit.id(),
                child.childId(),
                visit.districtCode(),
                visit.dongCode(),
                Urgency.URGENT,
                result.suspectedTypes(),
                child.flagId(),
                visit.correlationOf(child));
    }
}
