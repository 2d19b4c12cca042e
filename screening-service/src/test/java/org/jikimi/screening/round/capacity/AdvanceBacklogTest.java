package org.jikimi.screening.round.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jikimi.screening.registry.SendChildren.child;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quarkus.runtime.StartupEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.screening.World;
import org.jikimi.screening.flag.WithdrawFlags;
import org.jikimi.screening.outcome.JoinOutcome;
import org.jikimi.screening.reference.Programme;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.screening.round.RunRound;
import org.jikimi.screening.round.model.Round;
import org.jikimi.screening.round.model.RoundState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A dong that can visit one household of three, and then two. */
class AdvanceBacklogTest {
    private static final Instant LATELY = Instant.parse("2026-09-20T01:00:00Z");

    private final JoinOutcome join = new JoinOutcome();
    private World world;
    private RunRound run;

    private interface Told {
        Object in(Connection tx) throws SQLException;
    }

    @BeforeEach
    void aDongThatCanVisitOneHouseholdOfThree() throws Exception {
        world = new World();
        run = new RunRound(world);
        world.execute("INSERT INTO dong_capacity VALUES ('" + World.DONG + "', 1)");
        SendChildren.send(
                world, "children", born("H1", "2023-01-01") + born("H2", "2023-01-02") + born("H3", "2023-01-03"));
    }

    private static String born(String number, String day) {
        return child(number, "H-" + number, day, "TWO_PARENT", World.DONG, "HOME");
    }

    private void tell(Told event) throws SQLException {
        world.transactions.run(tx -> String.valueOf(event.in(tx)));
    }

    private UUID ranked(int rank) throws SQLException {
        return UUID.fromString(
                world.query("SELECT child_id FROM flag WHERE rank = " + rank).getFirst());
    }

    private List<String> list() throws SQLException {
        return world.query("SELECT rank || ' ' || state FROM flag WHERE rank IS NOT NULL ORDER BY rank");
    }

    private void theDongCanVisitTwo() throws SQLException {
        world.execute("UPDATE dong_capacity SET visits_per_round = 2");
        run.advanceBacklogs();
    }

    @Test
    void theBacklogMovesUpInItsOrderWhenADongCanVisitMore() throws Exception {
        var id = run.screened(Programme.AGE_THREE_SURVEY, World.TODAY);
        var manifest = run.round(id).manifest();
        var next = ranked(2);
        tell(tx -> join.caseIs(tx, UUID.randomUUID(), next, 1, true));
        run.advanceBacklogs();
        assertEquals(new Round.Figures(3, 0, 1, 2, 0), run.round(id).figures());

        theDongCanVisitTwo();
        run.advanceBacklogs();

        assertEquals(List.of("1 FLAGGED", "2 BACKLOG", "3 FLAGGED"), list());
        assertEquals(new Round.Figures(3, 0, 2, 1, 0), run.round(id).figures());
        assertEquals(List.of("2"), world.query("SELECT count(*) FROM outbox WHERE type = 'ChildFlagged'"));
        run.screen(id);
        assertNull(run.round(id).work());
        assertEquals(manifest, run.round(id).manifest());
    }

    @Test
    void whatADongCanVisitMoreSinceTheRoundOpenedCountsOnceItIsScreened() throws Exception {
        var id = run.plan(Programme.AGE_THREE_SURVEY, World.TODAY);
        run.open(id);
        theDongCanVisitTwo();

        run.screen(id);

        assertEquals(List.of("1 FLAGGED", "2 FLAGGED", "3 BACKLOG"), list());
        assertEquals(new Round.Figures(3, 0, 2, 1, 0), run.round(id).figures());
        assertEquals(List.of("2"), world.query("SELECT count(*) FROM outbox WHERE type = 'ChildFlagged'"));
    }

    @Test
    void theBacklogMovesUpWhileTheRoundIsScreenedAgain() throws Exception {
        var id = run.screened(Programme.AGE_THREE_SURVEY, World.TODAY);
        var manifest = run.round(id).manifest();
        run.divide(id);

        theDongCanVisitTwo();
        run.judgeRanges(id);
        run.goOn();

        assertEquals(List.of("1 FLAGGED", "2 FLAGGED", "3 BACKLOG"), list());
        assertNull(run.round(id).work());
        assertEquals(RoundState.SCREENED, run.round(id).state());
        assertEquals(manifest, run.round(id).manifest());
    }

    @Test
    void whomTheJointInspectionSelectsMovesUpAlthoughSomebodyWorksForIt() throws Exception {
        for (var child : world.query("SELECT id FROM child")) {
            var of = UUID.fromString(child);
            tell(tx -> join.reported(tx, UUID.randomUUID(), of, 1, true, null, LATELY));
            tell(tx -> join.reported(tx, UUID.randomUUID(), of, 1, true, null, LATELY));
        }
        world.execute("INSERT INTO flag (id, version, state, child_id, household_id, district_code, dong_code, score, "
                + "reasons, urgent, model_version, as_of, flagged_at) SELECT gen_random_uuid(), 1, 'FLAGGED', id, "
                + "household_id, district_code, dong_code, 80, '', true, 'm', '2026-09-30', now() FROM child");
        var id = run.screened(Programme.JOINT_INSPECTION, World.TODAY);

        theDongCanVisitTwo();

        assertEquals(List.of("1 FLAGGED", "2 FLAGGED", "3 BACKLOG"), list());
        assertEquals(new Round.Figures(3, 0, 2, 1, 0), run.round(id).figures());
    }

    @Test
    void whoseSelectionWasWithdrawnMovesUpNoMoreAndTheRoundIsAsItWas() throws Exception {
        var id = run.screened(Programme.AGE_THREE_SURVEY, World.TODAY);
        var manifest = run.round(id).manifest();
        var next = ranked(2);
        world.transactions.run(tx -> {
            WithdrawFlags.waiting(tx, next, UUID.randomUUID());
            return next;
        });

        theDongCanVisitTwo();

        assertEquals(List.of("1 FLAGGED", "2 BACKLOG", "3 FLAGGED"), list());
        run.screen(id);
        assertEquals(manifest, run.round(id).manifest());
    }

    @Test
    void aLargeBacklogMovesUpAFewAtATimeAsItWouldAtOnce() throws Exception {
        SendChildren.send(
                world,
                "more",
                born("H4", "2023-01-04")
                        + born("H5", "2023-01-05")
                        + born("H6", "2023-01-06")
                        + born("H7", "2023-01-07"));
        SendChildren.send(
                world, "twins", twin("H2", "2023-01-02") + twin("H5", "2023-01-05") + twin("H6", "2023-01-06"));
        var id = run.screened(Programme.AGE_THREE_SURVEY, World.TODAY);
        world.execute("UPDATE dong_capacity SET visits_per_round = 6");

        run.advanceOnce(id);

        assertThat(movedUp()).hasSizeBetween(1, RunRound.FEW);
        assertThat(listed("<> 'BACKLOG'")).doesNotContainAnyElementsOf(listed("= 'BACKLOG'"));

        run.goOn();

        assertThat(listed("<> 'BACKLOG'"))
                .containsExactlyInAnyOrderElementsOf(
                        world.query("SELECT household_id FROM flag GROUP BY 1 ORDER BY min(rank) LIMIT 6"));
        assertThat(listed("= 'BACKLOG'")).hasSize(1).doesNotContainAnyElementsOf(listed("<> 'BACKLOG'"));
        assertThat(world.query("SELECT key FROM outbox WHERE type = 'ChildFlagged'"))
                .containsExactlyInAnyOrderElementsOf(world.query("SELECT child_id FROM flag WHERE state <> 'BACKLOG'"));
        assertEquals(
                world.query("SELECT count(*) FROM flag WHERE state <> 'BACKLOG'"),
                List.of(String.valueOf(run.round(id).figures().flagged())));
    }

    private static String twin(String household, String day) {
        return child(household + "-TWIN", "H-" + household, day, "TWO_PARENT", World.DONG, "HOME");
    }

    private List<String> movedUp() throws SQLException {
        return world.query("SELECT id FROM flag WHERE promoted_at IS NOT NULL");
    }

    private List<String> listed(String state) throws SQLException {
        return world.query("SELECT DISTINCT household_id FROM flag WHERE state " + state);
    }

    @Test
    void whoWasPassedOverIsLookedAtAgainTheNextMorning() throws Exception {
        new DailyBacklogs(run.backlog(), new DueWork(), world.transactions, world.times).start(new StartupEvent());
        run.screened(Programme.AGE_THREE_SURVEY, World.TODAY);
        var next = ranked(2);
        var last = ranked(3);
        var report = UUID.randomUUID();
        tell(tx -> join.reported(tx, report, next, 1, true, null, LATELY));
        world.execute("UPDATE child SET status = 'EMIGRATED' WHERE id = '" + last + "'");
        world.execute("UPDATE dong_capacity SET visits_per_round = 3");
        run.advanceBacklogs();
        assertEquals(List.of("1 FLAGGED", "2 BACKLOG", "3 BACKLOG"), list());

        tell(tx -> join.reported(tx, report, next, 2, false, null, LATELY));
        world.execute("UPDATE child SET status = 'RESIDENT' WHERE id = '" + last + "'");
        run.goOn();
        assertEquals(List.of("1 FLAGGED", "2 BACKLOG", "3 BACKLOG"), list());
        run.nextMorning();

        assertEquals(List.of("1 FLAGGED", "2 FLAGGED", "3 FLAGGED"), list());
    }

    @Test
    void whereAnAliasWaitsWhatTheRegisterSaysOfTheChildThatSurvivesDecides() throws Exception {
        run.screened(Programme.AGE_THREE_SURVEY, World.TODAY);
        SendChildren.send(world, "survivors", born("S1", "2010-01-01") + born("S2", "2010-01-02"));
        mergedInto("2010-01-01", ranked(2));
        mergedInto("2010-01-02", ranked(3));
        world.execute("UPDATE child SET status = 'DECEASED' WHERE birth_date = '2010-01-01'");
        world.execute("UPDATE child SET status = 'EMIGRATED' WHERE id = '" + ranked(3) + "'");

        theDongCanVisitTwo();

        assertEquals(List.of("1 FLAGGED", "2 BACKLOG", "3 FLAGGED"), list());
    }

    private void mergedInto(String born, UUID alias) throws SQLException {
        world.execute(
                "INSERT INTO child_alias SELECT '" + alias + "', id FROM child WHERE birth_date = '" + born + "'");
    }
}
