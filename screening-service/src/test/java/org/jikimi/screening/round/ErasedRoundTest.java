package org.jikimi.screening.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.jikimi.screening.registry.SendChildren.child;
import static org.jikimi.screening.signal.SendSignals.signal;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jikimi.screening.World;
import org.jikimi.screening.erasure.Erasing;
import org.jikimi.screening.outcome.JoinOutcome;
import org.jikimi.screening.outcome.VisitFinding;
import org.jikimi.screening.reference.Programme;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.screening.round.model.RoundState;
import org.jikimi.screening.round.model.RoundWork;
import org.jikimi.screening.round.screening.RandomCity;
import org.jikimi.screening.signal.SendSignals;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A round of years ago, some of whose children have grown up and were erased. */
class ErasedRoundTest {
    private static final Instant YEARS_LATER = Instant.parse("2040-10-01T18:00:00Z");

    private static final Instant WHEN_ALL_ARE_GROWN = Instant.parse("2050-10-01T18:00:00Z");

    private World world;
    private RunRound run;
    private UUID round;

    @BeforeEach
    void aRoundWithOutcomes() throws Exception {
        world = new World();
        run = new RunRound(world);
        SendChildren.send(
                world,
                "children",
                child("A1", "H-1", "2015-05-01") + child("B1", "H-2", "2023-05-01") + child("C1", "H-3", "2014-05-01"));
        for (var source :
                List.of("power-utility POWER_CUTOFF", "water-utility WATER_CUTOFF", "gas-utility GAS_CUTOFF")) {
            var parts = source.split(" ", -1);
            SendSignals.send(
                    world,
                    parts[0],
                    "s",
                    signal("S1", parts[1], "HOUSEHOLD", "H-1", "2026-09-01")
                            + signal("S2", parts[1], "HOUSEHOLD", "H-2", "2026-09-01"));
        }
        world.execute("INSERT INTO dong_capacity VALUES ('" + World.DONG + "', 1)");
        round = run.screened(Programme.QUARTERLY_SCREENING, World.TODAY);
        visit("2015-05-01");
        visit("2023-05-01");
        world.execute("UPDATE flag SET state = 'VISITED' WHERE state = 'BACKLOG'");
    }

    @Test
    void whatIsCountedOfTheRoundIsTheSameBeforeAndAfter() throws Exception {
        var before = run.report(round);

        new Erasing(world).on(YEARS_LATER);

        assertThat(world.query("SELECT count(*) FROM erasure")).containsExactly("2");
        assertThat(run.report(round)).isEqualTo(before);
        assertThat(world.query("SELECT determination, count(*) FROM abuse_finding GROUP BY 1"))
                .containsExactly("UNFOUNDED");
    }

    @Test
    void screeningTheRoundAgainStillComesOutForTheOthersAndItsManifestStays() throws Exception {
        var manifest = run.round(round).manifest();
        assertThat(manifest).isNotNull();
        new Erasing(world).on(YEARS_LATER);
        var flags = world.query("SELECT flag::text FROM flag ORDER BY id");

        run.screen(round);

        assertThat(run.round(round).work()).isNull();
        assertThat(run.round(round).manifest()).isEqualTo(manifest);
        assertThat(world.query("SELECT flag::text FROM flag ORDER BY id")).isEqualTo(flags);
    }

    @Test
    void aRoundThatComesOutOtherwiseForSomebodyWhoIsKnownIsStillFound() throws Exception {
        new Erasing(world).on(YEARS_LATER);
        world.execute("UPDATE flag SET score = score + 1 WHERE reasons <> ''");

        run.screen(round);

        assertThat(run.round(round).work()).as("refused, and tried again").isEqualTo(RoundWork.SCREENING);
    }

    @Test
    void aFrozenRowOfAnErasedChildTellsNoMoreThanItsAge() throws Exception {
        new Erasing(world).on(YEARS_LATER);

        assertThat(world.query("SELECT birth_date || ' ' || mask || ' ' || observed::text FROM round_child "
                        + "WHERE mask = 0 ORDER BY 1"))
                .as("eleven and twelve on the day of the round")
                .containsExactly("2014-10-01 0 {}", "2015-10-01 0 {}");
    }

    @Test
    void aRoundThatIsOpenedWhileTheNightErasesFreezesNoneOfThem() throws Exception {
        var erased = world.query("SELECT id FROM child WHERE birth_date < '2020-01-01'");
        var next = run.plan(Programme.QUARTERLY_SCREENING, World.TODAY);

        var opening = world.transactions.run(tx -> {
            new Erasing(world).within(tx, YEARS_LATER);
            var waiting = CompletableFuture.supplyAsync(() -> {
                try {
                    return run.open(next);
                } catch (SQLException failure) {
                    throw new IllegalStateException(failure);
                }
            });
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> waiting.isDone()
                            || !world.query("SELECT 1 FROM pg_locks WHERE NOT granted")
                                    .isEmpty());
            return waiting;
        });
        opening.join();

        assertThat(run.round(next).state()).isEqualTo(RoundState.OPENED);
        assertThat(world.query("SELECT child_id FROM round_child WHERE round_id = '" + next + "'"))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(erased);
    }

    @Test
    void aRoundThatIsOpenedAndNotJudgedStopsNoErasureAndFlagsNobodyWhenItIsJudgedAfterwards() throws Exception {
        SendChildren.send(world, "later", child("D1", "H-4", "2023-06-01"));
        var kept = UUID.fromString(world.query("SELECT id FROM child WHERE birth_date = '2023-06-01'")
                .getFirst());
        var survey = run.plan(Programme.AGE_THREE_SURVEY, World.TODAY);
        run.open(survey);
        world.transactions.run(tx -> new JoinOutcome().caseIs(tx, UUID.randomUUID(), kept, 1, true));

        new Erasing(world).on(WHEN_ALL_ARE_GROWN);
        run.screen(survey);

        assertThat(world.query("SELECT count(*) FROM erasure")).containsExactly("3");
        assertThat(run.round(survey).state()).isEqualTo(RoundState.SCREENED);
        assertThat(world.query("SELECT child_id FROM flag WHERE round_id = '" + survey + "'"))
                .containsExactly(kept.toString());
        assertThat(world.query("SELECT child_id FROM round_linked WHERE round_id = '" + survey + "'"))
                .isEmpty();
    }

    @Test
    void aRoundWhoseRowsTheErasureMovedIsReadAsAWholeAtOnce() throws Exception {
        world.execute("DELETE FROM dong_capacity");
        new RandomCity(world, 7, 150).settle();
        var next = run.plan(Programme.QUARTERLY_SCREENING, World.TODAY);
        run.open(next);
        var end = "SELECT pg_relation_size('round_child')";
        var before = world.query(end);
        new Erasing(world).on(WHEN_ALL_ARE_GROWN);
        assertThat(world.query(end)).as("rows lie elsewhere").isNotEqualTo(before);

        run.screen(next);

        assertThat(run.round(next).state()).isEqualTo(RoundState.SCREENED);
    }

    private void visit(String born) throws SQLException {
        var child = UUID.fromString(world.query("SELECT id FROM child WHERE birth_date = '" + born + "'")
                .getFirst());
        var flag = UUID.fromString(world.query("SELECT id FROM flag WHERE child_id = '" + child + "'")
                .getFirst());
        var visit = UUID.randomUUID();
        var at = Instant.parse("2026-10-05T01:00:00Z");
        world.transactions.run(tx -> new JoinOutcome()
                .visitPlanned(tx, visit, child, 1, flag, LocalDate.of(2026, 10, 20), at.minusSeconds(60)));
        world.transactions.run(tx -> new JoinOutcome()
                .visitCompleted(tx, visit, child, 2, flag, new VisitFinding("SAFE", true, null, null, null), at));
        world.transactions.run(tx -> new JoinOutcome()
                .determined(
                        tx,
                        new JoinOutcome.Determined(
                                UUID.randomUUID(), 1, child, List.of(), "UNFOUNDED", flag, at.plusSeconds(60))));
    }
}
