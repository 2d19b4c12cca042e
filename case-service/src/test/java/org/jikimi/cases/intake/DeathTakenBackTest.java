package org.jikimi.cases.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jikimi.cases.intake.MovingEvents.CHILD;
import static org.jikimi.cases.intake.MovingEvents.HOME;
import static org.jikimi.cases.intake.MovingEvents.NEW;
import static org.jikimi.cases.intake.MovingEvents.OLD;
import static org.jikimi.cases.intake.MovingEvents.OTHER_HOME;
import static org.jikimi.cases.intake.MovingEvents.SIBLING;
import static org.jikimi.cases.intake.MovingEvents.flagged;
import static org.jikimi.cases.intake.MovingEvents.merged;
import static org.jikimi.cases.intake.MovingEvents.moved;
import static org.jikimi.cases.intake.MovingEvents.registered;
import static org.jikimi.cases.intake.MovingEvents.split;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jikimi.cases.TestWorld;
import org.jikimi.cases.visit.VisitOutcome;
import org.jikimi.cases.visit.VisitParts;
import org.jikimi.runtime.inbox.Outcome;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.testkit.EitherOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A death that the register takes back, or that was another child's: whoever sought the child seeks it again. */
class DeathTakenBackTest {
    private static final UUID ALIAS = TestWorld.id(5);
    private static final String CHECKS =
            "SELECT concat_ws(' ', state, result) FROM whereabouts_check ORDER BY child_id";
    private static final String CLOCKS = "SELECT code || ' ' || state FROM legal_clock ORDER BY child_id, subject_id";

    private TestWorld world;
    private VisitParts visits;
    private CaseIntake intake;

    @BeforeEach
    void start() throws SQLException {
        var hearing = new Hearing();
        world = hearing.world;
        visits = hearing.visits;
        intake = hearing.intake;
    }

    @Test
    void whoeverNobodyFoundIsLookedForAgainAndThatIsTold() throws SQLException {
        visits.visited(CHILD, SIBLING, VisitOutcome.UNLOCATED, VisitOutcome.SAFE);
        handle(registered(2, CHILD, "DECEASED"));

        handle(registered(3, CHILD, "RESIDENT"));

        assertThat(world.query(CHECKS)).containsExactly("OPEN");
        assertThat(world.events("ChildUnlocated", "state")).containsExactly("OPEN", "CLOSED", "OPEN");
        assertThat(world.events("ChildUnlocated", "version")).containsExactly("1", "2", "3");
        assertThat(world.events("ChildUnlocated", "result").getLast()).isNull();
    }

    @Test
    void whoIsAbroadIsAskedForAtTheBorderAgainInTheTimeThatWasLeft() throws SQLException {
        visits.visited(CHILD, SIBLING, VisitOutcome.ABROAD, VisitOutcome.SAFE);
        var due = world.query("SELECT due_at FROM legal_clock");
        handle(registered(2, CHILD, "DECEASED"));
        world.run(tx -> tx.createStatement().execute("DELETE FROM due_work"));
        world.clock.passes(Duration.ofDays(3));

        handle(registered(3, CHILD, "RESIDENT"));

        assertThat(world.query(CLOCKS)).containsExactly("ABROAD_REENTRY_CHECK RUNNING");
        assertThat(world.query("SELECT due_at FROM legal_clock")).isEqualTo(due);
        assertThat(world.query("SELECT kind FROM due_work JOIN legal_clock c ON subject = c.id::text ORDER BY kind"))
                .containsExactly("clock.approaching", "clock.breached");
    }

    @Test
    void whatIsToldTwiceOpensNothingTwice() throws SQLException {
        visits.visited(CHILD, SIBLING, VisitOutcome.UNLOCATED, VisitOutcome.ABROAD);
        handle(registered(2, CHILD, "DECEASED"));
        handle(registered(3, CHILD, "RESIDENT"));
        var versions = "SELECT version FROM whereabouts_check UNION ALL SELECT version FROM legal_clock";
        var before = world.query(versions);

        handle(registered(2, CHILD, "DECEASED"));
        handle(registered(3, CHILD, "RESIDENT"));
        handle(registered(4, CHILD, "RESIDENT"));

        assertThat(world.query(versions)).isEqualTo(before);
    }

    @Test
    void whoWasSeenSinceIsNotSoughtAgain() throws SQLException {
        for (var missed : List.of(VisitOutcome.UNLOCATED, VisitOutcome.ABROAD)) {
            start();
            visits.visited(CHILD, SIBLING, missed, VisitOutcome.SAFE);
            handle(registered(2, CHILD, "DECEASED"));
            world.clock.passes(Duration.ofHours(1));
            visits.planned(VisitParts.flag(TestWorld.id(102), SIBLING, false, 48, CHILD));
            visits.completed(CHILD, VisitOutcome.SAFE, SIBLING, VisitOutcome.SAFE);

            handle(registered(3, CHILD, "RESIDENT"));

            assertThat(world.query("SELECT 1 FROM whereabouts_check WHERE state = 'OPEN' "
                            + "UNION ALL SELECT 1 FROM legal_clock WHERE state = 'RUNNING'"))
                    .as("%s", missed)
                    .isEmpty();
        }
    }

    @Test
    void whomAnOfficerFoundDeadIsNotSoughtAgain() throws SQLException {
        visits.visited(CHILD, SIBLING, VisitOutcome.UNLOCATED, VisitOutcome.SAFE);
        handle(registered(2, CHILD, "DECEASED"));
        world.clock.passes(Duration.ofHours(1));
        visits.planned(VisitParts.flag(TestWorld.id(102), SIBLING, false, 48, CHILD));
        visits.completed(CHILD, VisitOutcome.DECEASED, SIBLING, VisitOutcome.SAFE);

        handle(registered(3, CHILD, "RESIDENT"));

        assertThat(world.query(CHECKS)).containsExactly("CLOSED DECEASED");
    }

    @Test
    void whomTheSiblingsVisitTookForDeadIsSoughtAgain() throws SQLException {
        visits.visited(CHILD, SIBLING, VisitOutcome.UNLOCATED, VisitOutcome.SAFE);
        handle(registered(2, CHILD, "DECEASED"));
        world.clock.passes(Duration.ofHours(1));
        visits.planned(VisitParts.flag(TestWorld.id(102), SIBLING, false, 48, CHILD));
        visits.completed(SIBLING, VisitOutcome.SAFE);

        handle(registered(3, CHILD, "RESIDENT"));

        assertThat(world.query(CHECKS)).containsExactly("OPEN");
    }

    @Test
    void theVisitThatIsMadeAfterAllHasWhatWasLeftOfTheTimeForGoingWithThePolice() throws SQLException {
        handle(flagged(101, CHILD, OLD));
        world.run(tx -> visits.refuse(tx, CHILD));
        world.clock.passes(Duration.ofHours(1));
        world.run(tx -> visits.refuse(tx, CHILD));
        var due = world.query("SELECT due_at FROM legal_clock");
        handle(registered(2, CHILD, "DECEASED"));
        assertThat(world.query(CLOCKS)).containsExactly("REFUSED_VISIT_JOINT STOPPED");
        world.clock.passes(Duration.ofHours(5));

        handle(registered(3, CHILD, "RESIDENT"));

        assertThat(world.query("SELECT c.code || v.kind FROM legal_clock c JOIN visit v ON v.id = c.subject_id "
                        + "WHERE c.state = 'RUNNING' AND v.state = 'PLANNED'"))
                .containsExactly("REFUSED_VISIT_JOINTJOINT_WITH_POLICE");
        assertThat(world.query("SELECT due_at FROM legal_clock WHERE state = 'RUNNING'"))
                .isEqualTo(due);
        assertThat(world.query("SELECT 1 FROM legal_clock WHERE state <> 'STOPPED'"))
                .hasSize(1);
    }

    @Test
    void theSearchIsWhereTheChildLivesWhenTheDeathIsTakenBackInWhateverOrderThatIsHeard() throws SQLException {
        visits.visited(CHILD, SIBLING, VisitOutcome.UNLOCATED, VisitOutcome.SAFE);
        var orders = new EitherOrder(world.database, "SELECT state || district_code FROM whereabouts_check");

        var ends = orders.afterEveryOrder(
                List.of(
                        registered(2, CHILD, "DECEASED"),
                        registered(3, CHILD, "RESIDENT"),
                        moved(4, CHILD, OLD, NEW, OTHER_HOME)),
                ReceivedEvent::id,
                this::settles);

        assertThat(ends.keySet()).containsExactly(List.of("OPEN" + NEW));
    }

    @Test
    void whoWasTakenForAChildWhoDiedIsSoughtAgainOnceTheTwoAreSplitInWhateverOrder() throws SQLException {
        visits.visited(ALIAS, SIBLING, VisitOutcome.UNLOCATED, VisitOutcome.ABROAD);
        var died = registered(4, CHILD, "DECEASED");
        var merges = List.of(merged(ALIAS, 2, NEW, OTHER_HOME), merged(SIBLING, 2, NEW, OTHER_HOME));
        var splits = List.of(split(ALIAS, 3, NEW), split(SIBLING, 3, NEW));
        var orders = new EitherOrder(
                world.database,
                "SELECT state || district_code FROM whereabouts_check "
                        + "UNION ALL SELECT state || district_code FROM legal_clock");

        for (var either : List.of(0, 1)) {
            var merge = merges.get(either);
            var together = orders.afterEveryOrder(List.of(died, merge), ReceivedEvent::topic, this::settles);
            var apart = orders.afterEveryOrder(
                    List.of(died, merge, splits.get(either)), ReceivedEvent::topic, this::settles);
            var alive = orders.afterEveryOrder(
                    List.of(died, registered(5, CHILD, "RESIDENT"), merge), ReceivedEvent::topic, this::settles);

            var both = List.of("OPEN" + OLD, "RUNNING" + OLD);
            assertThat(together.keySet())
                    .containsExactly(
                            either == 0
                                    ? List.of("CLOSED" + NEW, "RUNNING" + OLD)
                                    : List.of("OPEN" + OLD, "STOPPED" + NEW));
            assertThat(apart.keySet()).containsExactly(both);
            assertThat(alive.keySet())
                    .containsExactly(
                            either == 0
                                    ? List.of("OPEN" + NEW, "RUNNING" + OLD)
                                    : List.of("OPEN" + OLD, "RUNNING" + NEW));
        }
    }

    @Test
    void whoWasSeenAlthoughDeadInTheRegisterIsNotVisitedOnceMoreWhateverIsToldOfTheDeath() throws SQLException {
        handle(flagged(101, CHILD, OLD));
        handle(registered(2, CHILD, "DECEASED"));
        world.clock.passes(Duration.ofHours(1));
        visits.planned(VisitParts.flag(TestWorld.id(102), SIBLING, false, 48, CHILD));
        visits.completed(CHILD, VisitOutcome.SAFE, SIBLING, VisitOutcome.SAFE);

        handle(registered(3, CHILD, "DECEASED"));
        handle(registered(4, CHILD, "RESIDENT"));

        assertThat(world.query("SELECT DISTINCT state FROM visit ORDER BY 1")).containsExactly("CLOSED", "COMPLETED");
    }

    @Test
    void whatWasFoundOfAnAliasSpeaksOfTheOtherChildNoMoreOnceTheTwoAreSplit() throws SQLException {
        handle(flagged(101, ALIAS, OLD, SIBLING));
        handle(registered(4, ALIAS, "DECEASED"));
        handle(registered(4, CHILD, "DECEASED"));
        handle(merged(ALIAS, 5, OLD, HOME));
        visits.completed(ALIAS, VisitOutcome.SAFE, SIBLING, VisitOutcome.SAFE);
        handle(flagged(102, CHILD, OLD));
        var open = "SELECT array_to_string(child_ids, ' ') FROM visit WHERE state = 'PLANNED'";
        assertThat(world.query(open)).containsExactly(CHILD.toString());

        handle(split(ALIAS, 6, OLD));
        handle(flagged(103, ALIAS, OLD));

        assertThat(world.query(open)).containsExactly(ALIAS.toString());
    }

    @Test
    void whoEmigratedAfterAllIsAskedForAtTheBorderInWhateverOrderThatIsHeard() throws SQLException {
        var orders = new EitherOrder(world.database, CLOCKS);

        var ends = orders.afterEveryOrder(
                List.of(
                        flagged(101, CHILD, OLD),
                        registered(2, CHILD, "DECEASED"),
                        registered(3, CHILD, "EMIGRATED"),
                        registered(4, CHILD, "EMIGRATED")),
                ReceivedEvent::id,
                this::settles);

        assertThat(ends.keySet()).containsExactly(List.of("ABROAD_REENTRY_CHECK RUNNING"));
    }

    @Test
    void soIsOneWhoseSiblingsWereVisitedMeanwhileUnlessItWasSeenSince() throws SQLException {
        handle(flagged(101, CHILD, OLD, SIBLING));
        handle(registered(2, CHILD, "DECEASED"));
        visits.completed(SIBLING, VisitOutcome.SAFE);
        var orders = new EitherOrder(world.database, CLOCKS);
        assertThat(orders.after(List.of(registered(3, CHILD, "EMIGRATED")), this::settles))
                .containsExactly("ABROAD_REENTRY_CHECK RUNNING");
        world.clock.passes(Duration.ofHours(1));
        visits.planned(VisitParts.flag(TestWorld.id(102), SIBLING, false, 48, CHILD));
        visits.completed(CHILD, VisitOutcome.SAFE, SIBLING, VisitOutcome.SAFE);

        handle(registered(3, CHILD, "EMIGRATED"));

        assertThat(world.query(CLOCKS)).doesNotContain("ABROAD_REENTRY_CHECK RUNNING");
    }

    @Test
    void soIsAnAliasThatEmigratedOnceItIsSplitFromAChildWhoDied() throws SQLException {
        handle(registered(2, ALIAS, "EMIGRATED"));
        handle(registered(4, CHILD, "DECEASED"));
        handle(merged(ALIAS, 3, OLD, HOME));
        handle(flagged(101, ALIAS, OLD));
        assertThat(world.query(CLOCKS)).isEmpty();

        handle(split(ALIAS, 4, OLD));

        assertThat(world.query(CLOCKS)).containsExactly("ABROAD_REENTRY_CHECK RUNNING");
    }

    @Test
    void theClockOfAVisitThatIsOverWaitsForTheOneThatIsMadeAfterAll() throws SQLException {
        handle(flagged(101, CHILD, OLD));
        world.run(tx -> visits.refuse(tx, CHILD));
        world.run(tx -> visits.refuse(tx, CHILD));
        var due = world.query("SELECT due_at FROM legal_clock");
        handle(registered(2, CHILD, "DECEASED"));

        handle(registered(3, CHILD, "EMIGRATED"));
        var joint = "SELECT due_at FROM legal_clock WHERE code = 'REFUSED_VISIT_JOINT' AND state = 'RUNNING'";
        assertThat(world.query(joint)).isEmpty();
        handle(registered(4, CHILD, "RESIDENT"));

        assertThat(world.query(joint)).isEqualTo(due);
    }

    private boolean settles(ReceivedEvent event, Connection tx) throws SQLException {
        return !(intake.handle(event, tx) instanceof Outcome.Early);
    }

    private Outcome handle(ReceivedEvent event) throws SQLException {
        return world.get(tx -> intake.handle(event, tx));
    }
}
