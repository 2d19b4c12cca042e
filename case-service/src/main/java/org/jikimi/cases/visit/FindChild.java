package org.jikimi.cases.visit;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.cases.clock.ClockCode;
import org.jikimi.cases.clock.ClockStart;
import org.jikimi.cases.clock.RunClocks;
import org.jikimi.cases.register.RegisterState;
import org.jikimi.cases.register.RegisterStates;
import org.jikimi.cases.support.Ruling;
import org.jikimi.cases.timeline.Chronicle;

/** Looks for a child whom nobody could find, by the police, until the child is seen. */
@ApplicationScoped
class FindChild {
    private final WhereaboutsChecks checks = new WhereaboutsChecks();
    private final RegisterStates states = new RegisterStates();
    private final Visits visits;
    private final PlanVisit plan;
    private final RunClocks clocks;
    private final Chronicle chronicle;

    FindChild(Visits visits, PlanVisit plan, RunClocks clocks, Chronicle chronicle) {
        this.visits = visits;
        this.plan = plan;
        this.clocks = clocks;
        this.chronicle = chronicle;
    }

    /** Where a child was found: the district and dong in which to visit. */
    record Place(String districtCode, String dongCode) {}

    /** A visit could not find the child. */
    void ask(Connection tx, Visit visit, VisitChild child, Instant at) throws SQLException {
        var check = WhereaboutsCheck.opened(visit, child, at);
        if (checks.insert(tx, check)) {
            chronicle.tell(tx, VisitEvents.whereabouts(check, null));
        }
    }

    /** The child was seen, or found dead by a person: nobody has to look any more, whatever the register says. */
    void found(Connection tx, UUID childId, CheckResult how, Instant at) throws SQLException {
        checks.endForGood(tx, childId);
        for (var check : checks.openOfChild(tx, childId)) {
            if (check.found(how, childId, at) instanceof Ruling.Allowed<WhereaboutsCheck>(var answered)) {
                store(tx, answered, at);
            }
        }
    }

    /** The register says that the child has died: nobody looks for it until that is taken back. */
    void registeredDead(Connection tx, UUID childId, Instant at) throws SQLException {
        for (var check : checks.openOfChild(tx, childId)) {
            store(tx, check.endedByTheRegister(), at);
        }
    }

    /** The register says no more that the child has died: the police look for whom nobody has found since. */
    void registeredAlive(Connection tx, UUID id, Instant at) throws SQLException {
        for (var check : checks.endedByRegister(tx, id)) {
            if (!visits.foundSince(tx, id, check.since())) {
                store(tx, check.openedAgain(), at);
            }
        }
    }

    /** An id is of another child now: what was found of one ends no more what was asked about the other. */
    void part(Connection tx, UUID id) {
        checks.part(tx, id);
    }

    /** An id is of a child now: nobody looks any more for whom a visit has found since under another id, and at its time. */
    void join(Connection tx, UUID id) throws SQLException {
        for (var check : checks.openOfChild(tx, id)) {
            var found = visits.foundUnder(tx, check.childId(), check.since());
            if (found.isPresent()
                    && check.found(
                                    found.get().how(),
                                    found.get().as(),
                                    found.get().at())
                            instanceof Ruling.Allowed<WhereaboutsCheck>(var answered)) {
                store(tx, answered, found.get().at());
            }
        }
    }

    Optional<WhereaboutsCheck> lock(Connection tx, UUID id) throws SQLException {
        var check = checks.find(tx, id);
        if (check.isPresent()) {
            visits.lock(tx, check.get().householdId(), List.of(check.get().childId()));
        }
        return checks.find(tx, id);
    }

    /**
     * The police answered. A child who was located is visited there; one who is abroad is looked for again at the
     * border; one who was not found is looked for on. Expects a locked check.
     */
    Ruling<WhereaboutsCheck> answer(Connection tx, WhereaboutsCheck check, CheckResult result, Place place, Instant at)
            throws SQLException {
        var ruling = check.answered(result, at);
        if (ruling instanceof Ruling.Allowed<WhereaboutsCheck>(var answered)) {
            store(tx, answered, at);
            compareWithRegister(tx, answered.childId(), result);
            switch (result) {
                case LOCATED -> visitThere(tx, answered, place, at);
                case ABROAD ->
                    clocks.start(
                            tx,
                            new ClockStart(
                                    ClockCode.ABROAD_REENTRY_CHECK,
                                    answered.visitId(),
                                    answered.childId(),
                                    answered.districtCode(),
                                    answered.correlation(),
                                    at));
                case DECEASED -> {
                    checks.endForGood(tx, answered.childId());
                    clocks.stopOfFound(
                            tx, answered.childId(), at, ClockCode.REFUSED_VISIT_JOINT, ClockCode.ABROAD_REENTRY_CHECK);
                }
                case NOT_FOUND -> {} // it stays open
            }
        }
        return ruling;
    }

    private void compareWithRegister(Connection tx, UUID child, CheckResult result) {
        var left = states.left(tx, child);
        boolean agrees = (result == CheckResult.DECEASED && left == RegisterState.DECEASED)
                || (result == CheckResult.ABROAD && left == RegisterState.EMIGRATED);
        if (agrees) {
            states.confirm(tx, child);
        } else if (left != null && (result == CheckResult.LOCATED || result == CheckResult.ABROAD)) {
            states.contradict(tx, child);
        }
    }

    private void visitThere(Connection tx, WhereaboutsCheck check, Place place, Instant at) throws SQLException {
        var flag = check.flagId();
        plan.followUp(
                tx,
                new VisitPlan(
                        check.householdId(),
                        visits.nextOrdinal(tx, check.householdId()),
                        place.districtCode(),
                        place.dongCode(),
                        true,
                        check.correlation(),
                        at),
                VisitKind.DONG_OFFICER,
                List.of(VisitChild.of(check.childId(), flag == null ? List.of() : List.of(flag))),
                null);
    }

    private void store(Connection tx, WhereaboutsCheck check, Instant at) throws SQLException {
        checks.update(tx, check);
        chronicle.tell(tx, VisitEvents.whereabouts(check, at));
    }
}
