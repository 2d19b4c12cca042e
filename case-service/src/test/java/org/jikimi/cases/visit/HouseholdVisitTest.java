package org.jikimi.cases.visit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.jikimi.cases.visit.VisitParts.CHILD;
import static org.jikimi.cases.visit.VisitParts.FLAG;
import static org.jikimi.cases.visit.VisitParts.SIBLING;
import static org.jikimi.cases.visit.VisitParts.flag;
import static org.jikimi.cases.visit.VisitParts.result;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.jikimi.cases.TestWorld;
import org.jikimi.cases.report.ReportParts;
import org.jikimi.cases.support.Place;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the flag to the door and on, on a real database. */
class HouseholdVisitTest {
    private static final String OPEN_CLOCKS =
            "SELECT code || ' ' || child_id FROM legal_clock WHERE state = 'RUNNING' ORDER BY 1";

    private TestWorld world;
    private VisitParts parts;

    @BeforeEach
    void start() throws SQLException {
        world = new TestWorld();
        parts = new VisitParts(world, new ReportParts(world));
    }

    @Test
    void aFlagPlansOneVisitOfAllChildrenAndTellsOfEach() throws SQLException {
        world.run(tx -> parts.plan.forFlag(tx, flag(FLAG, CHILD, false, 0, SIBLING), null));

        assertThat(world.query("SELECT state || ' ' || due_on FROM visit")).containsExactly("PLANNED 2026-12-02");
        assertThat(world.events("VisitPlanned", "childId")).containsExactly(CHILD.toString(), SIBLING.toString());
        assertThat(world.events("VisitPlanned", "flagId")).containsExactly(FLAG.toString(), null);
        assertThat(world.query("SELECT DISTINCT substring(headers FROM 'ce_correlationid:([0-9a-f-]+)') FROM outbox"))
                .containsExactly(FLAG.toString());
    }

    @Test
    void twoFlagsOfAHouseholdShareTheVisitInEitherOrderAndHoweverOften() throws SQLException {
        var one = flag(FLAG, CHILD, false, 0, SIBLING);
        var two = flag(TestWorld.id(102), SIBLING, true, 1, CHILD, TestWorld.id(3));

        take(one, two, one, two);
        var inOrder = households();
        start();
        take(two, two, one, one);

        assertThat(households()).isEqualTo(inOrder).hasSize(1);
    }

    @Test
    void aFlagAfterTheVisitIsAnotherVisit() throws SQLException {
        parts.visited(CHILD, SIBLING, VisitOutcome.SAFE, VisitOutcome.SAFE);

        take(flag(TestWorld.id(102), CHILD, false, 9, SIBLING));

        assertThat(world.query("SELECT ordinal || ' ' || state FROM visit ORDER BY ordinal"))
                .containsExactly("1 COMPLETED", "2 PLANNED");
    }

    @Test
    void aChildWhoIsFlaggedTwiceHasAnOutcomeForEachFlag() throws SQLException {
        take(flag(FLAG, CHILD, false, 0), flag(TestWorld.id(102), CHILD, true, 1));

        world.run(tx -> parts.complete.complete(
                tx, parts.visit(tx), Map.of(CHILD, result(VisitOutcome.SAFE)), null, world.times.now()));

        assertThat(world.events("VisitCompleted", "flagId"))
                .containsExactly(FLAG.toString(), TestWorld.id(102).toString());
    }

    @Test
    void whatIsFoundOfABirthsRegistrationIsToldOfThatChild() throws SQLException {
        take(flag(FLAG, CHILD, false, 0, SIBLING));
        var found = new ChildResult(
                VisitOutcome.SAFE,
                true,
                true,
                null,
                List.of(),
                BirthRegistration.NOT_REGISTERED,
                RegistrationDelay.FOREIGN_PARENT,
                CareSetting.RELATIVE,
                List.of());

        world.run(tx -> parts.complete.complete(
                tx,
                parts.visit(tx),
                Map.of(CHILD, found, SIBLING, result(VisitOutcome.SAFE)),
                null,
                world.times.now()));

        assertThat(world.events("VisitCompleted", "birthRegistration")).containsExactly("NOT_REGISTERED", null);
        assertThat(world.events("VisitCompleted", "registrationDelay")).containsExactly("FOREIGN_PARENT", null);
        assertThat(world.events("VisitCompleted", "careSetting")).containsExactly("RELATIVE", null);
    }

    @Test
    void aSecondRefusalStartsTheClockOfEachChildForSeventyTwoHours() throws SQLException {
        take(flag(FLAG, CHILD, false, 0, SIBLING));

        attempt(AttemptResult.REFUSED);
        var afterTheFirst = world.query(OPEN_CLOCKS);
        attempt(AttemptResult.REFUSED);

        assertThat(afterTheFirst).isEmpty();
        assertThat(world.query(OPEN_CLOCKS))
                .containsExactly("REFUSED_VISIT_JOINT " + CHILD, "REFUSED_VISIT_JOINT " + SIBLING);
        assertThat(world.query("SELECT DISTINCT due_at - started_at FROM legal_clock"))
                .containsExactly("3 days");
        assertThat(world.events("VisitAttempted", "refusals")).containsExactly("1", "1", "2", "2");
    }

    @Test
    void aChildWhoIsSeenStopsTheClockAndAChildWhoIsNotKeepsIt() throws SQLException {
        take(flag(FLAG, CHILD, false, 0, SIBLING));
        attempt(AttemptResult.REFUSED);
        attempt(AttemptResult.REFUSED);

        complete(VisitOutcome.SAFE, VisitOutcome.REFUSED);

        assertThat(world.query("SELECT DISTINCT code || ' ' || child_id FROM legal_clock WHERE state = 'RUNNING'"))
                .containsExactly("REFUSED_VISIT_JOINT " + SIBLING);
        assertThat(world.query("SELECT kind || ' ' || child_ids::text FROM visit WHERE state = 'PLANNED'"))
                .containsExactly("JOINT_WITH_POLICE {" + SIBLING + "}");
    }

    @Test
    void aSuspicionIsReportedAtOnceAndGoesBackToTheFlag() throws SQLException {
        parts.visited(CHILD, SIBLING, VisitOutcome.SUSPECTED_ABUSE, VisitOutcome.SUSPECTED_ABUSE);

        assertThat(world.events("VisitCompleted", "outcome")).containsExactly("SUSPECTED_ABUSE", "SUSPECTED_ABUSE");
        assertThat(world.events("AbuseReported", "channel")).containsExactly("VISIT", "VISIT");
        assertThat(world.query("SELECT DISTINCT correlation_id FROM report")).containsExactly(FLAG.toString());
        assertThat(world.query("SELECT code FROM legal_clock"))
                .containsExactly("INVESTIGATION_START", "INVESTIGATION_START");
    }

    @Test
    void aChildNobodyFindsIsLookedForByThePoliceUntilLocatedAndThenVisitedThere() throws SQLException {
        parts.visited(CHILD, SIBLING, VisitOutcome.UNLOCATED, VisitOutcome.SAFE);
        answer(CheckResult.NOT_FOUND);
        var whileLooking = world.query("SELECT state || ' ' || inquiries FROM whereabouts_check");

        answer(CheckResult.LOCATED);

        assertThat(whileLooking).containsExactly("OPEN 1");
        assertThat(world.events("ChildUnlocated", "state")).containsExactly("OPEN", "OPEN", "LOCATED");
        assertThat(world.query("SELECT district_code || ' ' || child_ids::text FROM visit WHERE state = 'PLANNED'"))
                .containsExactly("11110 {" + CHILD + "}");
    }

    @Test
    void aChildAbroadIsLookedForAgainAfterThreeMonths() throws SQLException {
        parts.visited(CHILD, SIBLING, VisitOutcome.ABROAD, VisitOutcome.SAFE);

        assertThat(world.query(OPEN_CLOCKS)).containsExactly("ABROAD_REENTRY_CHECK " + CHILD);
        assertThat(world.query("SELECT due_at AT TIME ZONE 'Asia/Seoul' FROM legal_clock"))
                .containsExactly("2027-02-02 09:00:00");
    }

    @Test
    void theNoteIsStoredEncrypted() throws SQLException {
        take(flag(FLAG, CHILD, false, 0));

        world.run(tx -> parts.complete.complete(
                tx,
                parts.visit(tx),
                Map.of(CHILD, result(VisitOutcome.SAFE)),
                "Lee lives next door",
                world.times.now()));

        assertThat(world.query("SELECT encode(note, 'escape') FROM visit").getFirst())
                .doesNotContain("Lee");
        world.run(tx -> assertThat(parts.visits.note(tx, parts.visit(tx).id())).isEqualTo("Lee lives next door"));
    }

    private void take(PlanVisit.Flagged... flags) throws SQLException {
        for (var flag : flags) {
            world.run(tx -> parts.plan.forFlag(tx, flag, null));
        }
    }

    private void attempt(AttemptResult result) throws SQLException {
        world.run(tx -> parts.attempt.attempt(tx, parts.visit(tx), result, world.times.now()));
    }

    private void complete(VisitOutcome childs, VisitOutcome siblings) throws SQLException {
        world.clock.passes(Duration.ofHours(1));
        world.run(tx -> parts.complete.complete(
                tx,
                parts.visit(tx),
                Map.of(CHILD, result(childs), SIBLING, result(siblings)),
                null,
                world.times.now()));
    }

    private void answer(CheckResult result) throws SQLException {
        world.clock.passes(Duration.ofHours(1));
        world.run(tx -> {
            var check = new WhereaboutsChecks().openOfChild(tx, CHILD).getFirst();
            return parts.find.answer(tx, check, result, new FindChild.Place("11110", "1111051500"), world.times.now());
        });
    }

    private List<String> households() throws SQLException {
        return world.query("SELECT (to_jsonb(visit) - 'version')::text FROM visit ORDER BY id");
    }

    @Test
    void aVisitThatWentToAnotherHouseholdWhileSomebodyWaitedForItIsLockedThere() throws Exception {
        world.run(tx -> parts.plan.forFlag(tx, flag(FLAG, CHILD, false, 0), null));
        var other = new Home(TestWorld.id(901), new Place("11110", "1111051500"));
        try (var threads = Executors.newFixedThreadPool(2)) {
            var locked = new CompletableFuture<Boolean>();
            var looked = new CompletableFuture<Boolean>();
            var officer = world.get(tx -> {
                var visit = parts.visits.lock(tx, parts.visit(tx).id()).orElseThrow();
                var waiting = threads.submit(() -> world.get(late -> {
                    var there = parts.visits.lock(late, visit.id()).orElseThrow();
                    locked.complete(true);
                    looked.join();
                    return there.householdId();
                }));
                await().until(() ->
                        !world.query("SELECT 1 FROM pg_locks WHERE NOT granted").isEmpty());
                parts.visits.update(tx, visit.movedTo(other, 1, CHILD));
                return waiting;
            });
            locked.join();
            var blocked = threads.submit(() -> world.get(tx -> {
                parts.visits.lock(tx, other.householdId(), List.of());
                return true;
            }));
            await().until(() -> blocked.isDone()
                    || !world.query("SELECT 1 FROM pg_locks WHERE NOT granted").isEmpty());
            boolean free = blocked.isDone();
            looked.complete(true);
            assertThat(free).isFalse();
            assertThat(officer.get()).isEqualTo(other.householdId());
            assertThat(blocked.get()).isTrue();
        }
    }
}
