package org.jikimi.cases.visit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.cases.TestWorld;
import org.jikimi.cases.report.ReportParts;
import org.jikimi.cases.support.Ruling;

/** The parts of the visits on a test's world, and a household to visit. */
public final class VisitParts {
    static final UUID HOUSEHOLD = TestWorld.id(900);
    static final UUID CHILD = TestWorld.id(1);
    static final UUID SIBLING = TestWorld.id(2);
    static final UUID FLAG = TestWorld.id(101);

    final Visits visits;
    public final PlanVisit plan;
    public final MoveVisits move;
    final AttemptVisit attempt;
    final FindChild find;
    final CompleteVisit complete;
    public final Household household;
    private final TestWorld world;

    public VisitParts(TestWorld world, ReportParts reports) {
        this.world = world;
        this.visits = new Visits(world.texts, world.keys);
        this.plan = new PlanVisit(visits, world.chronicle);
        this.attempt = new AttemptVisit(visits, world.clocks, world.chronicle);
        this.find = new FindChild(visits, plan, world.clocks, world.chronicle);
        this.complete = new CompleteVisit(visits, plan, find, reports.receive, world.clocks, world.chronicle);
        this.move = new MoveVisits(
                visits,
                plan,
                new EndVisits(visits, complete, world.chronicle, world.times),
                world.clocks,
                world.chronicle,
                world.times);
        this.household = new Household(visits);
    }

    /** A flag of a child, raised some hours after the clock's start. */
    public static PlanVisit.Flagged flag(UUID flagId, UUID childId, boolean urgent, int hours, UUID... siblings) {
        return new PlanVisit.Flagged(
                flagId,
                childId,
                HOUSEHOLD,
                List.of(siblings),
                TestWorld.DISTRICT,
                TestWorld.DONG,
                urgent,
                Instant.parse("2026-11-02T00:00:00Z").plusSeconds(3600L * hours),
                TestWorld.id(800));
    }

    /** Somebody refuses at the door of a child's newest visit; answers whether that is allowed. */
    public boolean refuse(Connection tx, UUID child) throws SQLException {
        var visit = visits.newestOf(tx, child).orElseThrow();
        return attempt.attempt(tx, visit, AttemptResult.REFUSED, world.times.now()) instanceof Ruling.Allowed<Visit>;
    }

    /** The police find a child where the check looks for it. */
    public void located(UUID child) throws SQLException {
        answered(child, CheckResult.LOCATED);
    }

    /** The police find that a child has died. */
    public void foundDead(UUID child) throws SQLException {
        answered(child, CheckResult.DECEASED);
    }

    private void answered(UUID child, CheckResult result) throws SQLException {
        world.get(tx -> {
            var check = new WhereaboutsChecks().openOfChild(tx, child).getFirst();
            var place = new FindChild.Place(check.districtCode(), check.dongCode());
            return find.answer(tx, check, result, place, world.times.now());
        });
    }

    /** The one visit of the household, or its newest one. */
    Visit visit(Connection tx) {
        return visits.newestOf(tx, CHILD).orElseThrow();
    }

    /** Plans the visit of a flag. */
    public void planned(PlanVisit.Flagged flag) throws SQLException {
        world.run(tx -> plan.forFlag(tx, flag, null));
    }

    /** Plans the visit of a flag, and completes it with a note: whoever is seen is safe. */
    public UUID visited(PlanVisit.Flagged flag, String note) throws SQLException {
        world.run(tx -> plan.forFlag(tx, flag, null));
        return world.get(tx -> {
            var visit = visits.newestOf(tx, flag.childId()).orElseThrow();
            var results = new HashMap<UUID, ChildResult>();
            visit.childIds().forEach(child -> results.put(child, result(VisitOutcome.SAFE)));
            var ruling = complete.complete(tx, visit, results, note, world.times.now());
            return ((Ruling.Allowed<Visit>) ruling).value().id();
        });
    }

    /** What was written of a visit. */
    public Optional<String> note(UUID visit) throws SQLException {
        return world.get(tx -> Optional.ofNullable(visits.note(tx, visit)));
    }

    /** Plans the visit of two children of whom one is flagged, and completes it. */
    public UUID visited(UUID child, UUID sibling, VisitOutcome childs, VisitOutcome siblings) throws SQLException {
        world.run(tx -> plan.forFlag(tx, flag(FLAG, child, false, 0, sibling), null));
        return world.get(tx -> {
            var visit = visits.newestOf(tx, child).orElseThrow();
            var results = new HashMap<UUID, ChildResult>();
            results.put(child, result(childs));
            results.put(sibling, result(siblings));
            var ruling = complete.complete(tx, visit, results, null, world.times.now());
            return ((Ruling.Allowed<Visit>) ruling).value().id();
        });
    }

    /** Completes the newest visit of a child with a result for that one alone. */
    public void completed(UUID child, VisitOutcome outcome) throws SQLException {
        completed(child, Map.of(child, result(outcome)));
    }

    /** Completes the newest visit of two children. */
    public void completed(UUID child, VisitOutcome childs, UUID sibling, VisitOutcome siblings) throws SQLException {
        completed(child, Map.of(child, result(childs), sibling, result(siblings)));
    }

    private void completed(UUID child, Map<UUID, ChildResult> results) throws SQLException {
        world.get(tx -> {
            var visit = visits.newestOf(tx, child).orElseThrow();
            var ruling = complete.complete(tx, visit, results, null, world.times.now());
            return ((Ruling.Allowed<Visit>) ruling).value();
        });
    }

    static ChildResult result(VisitOutcome outcome) {
        boolean seen = switch (outcome) {
            case SAFE, WELFARE_NEED, SUSPECTED_ABUSE -> true;
            case REFUSED, UNLOCATED, ABROAD, MOVED, DECEASED -> false;
        };
        var needs = outcome == VisitOutcome.WELFARE_NEED
                ? List.of(new Need("CHILDCARE_SUPPORT", NeedBasis.CONSENT, null))
                : List.<Need>of();
        return new ChildResult(outcome, seen, false, null, needs, null, null, null, List.of());
    }
}
