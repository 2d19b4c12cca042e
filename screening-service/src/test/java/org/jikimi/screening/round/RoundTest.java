package org.jikimi.screening.round;

import static org.jikimi.screening.registry.SendChildren.child;
import static org.jikimi.screening.signal.SendSignals.signal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jikimi.screening.World;
import org.jikimi.screening.outcome.JoinOutcome;
import org.jikimi.screening.outcome.VisitFinding;
import org.jikimi.screening.reference.Programme;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.screening.round.model.Round;
import org.jikimi.screening.round.model.RoundState;
import org.jikimi.screening.signal.SendSignals;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTest {
    private World world;
    private RunRound run;

    @BeforeEach
    void threeHouseholdsInNeed() throws Exception {
        world = new World();
        run = new RunRound(world);
        SendChildren.send(
                world,
                "children",
                child("A1", "H-1", "2015-05-01")
                        + child("A2", "H-1", "2012-05-01")
                        + child("B1", "H-2", "2015-05-01")
                        + child("C1", "H-3", "2023-05-01"));
        for (var source : List.of("power-utility POWER_CUTOFF", "water-utility WATER_CUTOFF")) {
            var parts = source.split(" ", -1);
            SendSignals.send(
                    world,
                    parts[0],
                    "s",
                    signal("S1", parts[1], "HOUSEHOLD", "H-1", "2026-09-01")
                            + signal("S2", parts[1], "HOUSEHOLD", "H-2", "2026-09-01"));
        }
        SendSignals.send(world, "gas-utility", "s", signal("S1", "GAS_CUTOFF", "HOUSEHOLD", "H-2", "2026-09-01"));
        world.execute("INSERT INTO dong_capacity VALUES ('" + World.DONG + "', 1)");
    }

    @Test
    void theDongsVisitsCutTheListAndTheRestWaitsRanked() throws Exception {
        var id = run.screened(Programme.QUARTERLY_SCREENING, World.TODAY);

        assertEquals(
                List.of("1 FLAGGED", "2 BACKLOG", "3 BACKLOG"),
                world.query("SELECT rank || ' ' || state FROM flag ORDER BY rank"));
        var round = run.round(id);
        assertEquals(RoundState.SCREENED, round.state());
        assertEquals(new Round.Figures(4, 0, 1, 2, 0), round.figures());
        assertEquals(
                List.of("RoundOpened", RunRound.RANGES, "ChildFlagged"),
                world.query("SELECT type FROM outbox ORDER BY seq"));
    }

    @Test
    void theManifestIsTheHashOfALineForEachChildInTheOrderOfTheirIds() throws Exception {
        var round = run.round(run.screened(Programme.QUARTERLY_SCREENING, World.TODAY));

        var hash = MessageDigest.getInstance("SHA-256");
        for (var line : world.query(
                "SELECT concat_ws(' ', CASE state WHEN 'FLAGGED' THEN 'flag' ELSE 'backlog' END, id, child_id, rank, score, reasons)"
                        + " FROM flag ORDER BY child_id")) {
            hash.update((line + " " + round.moments().screened() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(HexFormat.of().formatHex(hash.digest()), round.manifest());
    }

    @Test
    void whatHasNoLegalBasisWhenTheRoundOpensDoesNotCountHoweverOftenItIsScreened() throws Exception {
        world.withdrawBasis("WATER_CUTOFF");
        var id = run.plan(Programme.QUARTERLY_SCREENING, World.TODAY);
        run.open(id);
        world.withdrawBasis("POWER_CUTOFF");
        run.screen(id);

        assertEquals(List.of("POWER_CUTOFF:12,GAS_CUTOFF:10,REGION_11350:1"), world.query("SELECT reasons FROM flag"));
        run.screen(id);
        assertEquals(RoundState.SCREENED, run.round(id).state());
    }

    @Test
    void siblingsShareOneVisit() throws Exception {
        world.execute("UPDATE dong_capacity SET visits_per_round = 2");

        run.screened(Programme.QUARTERLY_SCREENING, World.TODAY);

        assertEquals(
                List.of("1 FLAGGED", "2 FLAGGED", "3 FLAGGED"),
                world.query("SELECT rank || ' ' || state FROM flag ORDER BY rank"));
    }

    @Test
    void screeningAgainGivesTheSameFlagsAndTellsNobodyTwice() throws Exception {
        var id = run.screened(Programme.QUARTERLY_SCREENING, World.TODAY);
        var flags = world.query("SELECT flag::text FROM flag ORDER BY id");
        SendSignals.send(world, "gas-utility", "late", signal("S9", "GAS_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-20"));
        world.execute("UPDATE dong_capacity SET visits_per_round = 9");

        run.screen(id);

        assertEquals(flags, world.query("SELECT flag::text FROM flag ORDER BY id"));
        assertEquals(List.of("1"), world.query("SELECT count(*) FROM outbox WHERE type = 'ChildFlagged'"));
        assertEquals(null, run.round(id).work());
    }

    @ParameterizedTest
    @ValueSource(strings = {"CASE", "REPORT", "VISIT", "FLAG"})
    void childrenSomebodyWorksForAreLinkedToThatAndNotFlaggedAgain(String kind) throws Exception {
        var child = UUID.fromString(world.query("SELECT c.id FROM child c WHERE c.birth_date = '2012-05-01'")
                .getFirst());
        var ref = UUID.randomUUID();
        work(kind, ref, child);

        var id = run.screened(Programme.QUARTERLY_SCREENING, World.TODAY);

        assertEquals(new Round.Figures(4, 1, 1, 1, 0), run.round(id).figures());
        assertEquals(
                List.of(child + " " + kind + " " + ref),
                world.query("SELECT child_id || ' ' || kind || ' ' || ref FROM round_linked"));
        assertEquals(Map.of(kind, 1), run.report(id).coverage().linked());
    }

    private void work(String kind, UUID ref, UUID child) throws SQLException {
        var join = new JoinOutcome();
        var at = Instant.parse("2026-09-20T01:00:00Z");
        world.transactions.run(tx -> switch (kind) {
            case "CASE" -> join.caseIs(tx, ref, child, 1, true);
            case "REPORT" -> join.reported(tx, ref, child, 1, true, null, at);
            case "VISIT" -> join.visitPlanned(tx, ref, child, 1, null, World.TODAY, at);
            default -> flag(tx, ref, child);
        });
    }

    private static boolean flag(Connection tx, UUID ref, UUID child) throws SQLException {
        try (var insert = tx.prepareStatement(
                "INSERT INTO flag (id, version, state, child_id, household_id, district_code, dong_code, score, reasons, "
                        + "urgent, model_version, as_of, flagged_at) SELECT ?, 1, 'FLAGGED', id, household_id, "
                        + "district_code, dong_code, 80, '', true, 'm', '2026-09-30', now() FROM child WHERE id = ?")) {
            insert.setObject(1, ref);
            insert.setObject(2, child);
            return insert.executeUpdate() == 1;
        }
    }

    @Test
    void aChildWhoLivesAfterAllIsFlaggedAgainInTheNextRound() throws Exception {
        run.close(run.screened(Programme.QUARTERLY_SCREENING, World.TODAY));
        var child = UUID.fromString(
                world.query("SELECT child_id FROM flag WHERE state = 'FLAGGED'").getFirst());
        world.execute("UPDATE child SET status = 'DECEASED' WHERE id = '" + child + "'");
        var flag = UUID.fromString(
                world.query("SELECT id FROM flag WHERE state = 'FLAGGED'").getFirst());
        world.transactions.run(tx -> new JoinOutcome().visitClosed(tx, UUID.randomUUID(), child, 2, flag, "DECEASED"));
        world.execute("UPDATE child SET status = 'RESIDENT' WHERE id = '" + child + "'");

        run.screened(Programme.QUARTERLY_SCREENING, World.TODAY);

        assertEquals(
                List.of("CLOSED", "FLAGGED"),
                world.query("SELECT state FROM flag WHERE child_id = '" + child + "' ORDER BY state"));
    }

    @Test
    void aRoundCannotBeScreenedBeforeItIsOpenedNorOpenedTwiceNorAheadOfItsDay() throws Exception {
        var id = run.plan(Programme.QUARTERLY_SCREENING, World.TODAY);
        assertInstanceOf(Ordered.Refused.class, run.screen(id));
        assertInstanceOf(Ordered.Accepted.class, run.open(id));
        assertInstanceOf(Ordered.Refused.class, run.open(id));
        assertInstanceOf(Ordered.Refused.class, run.close(id));
        var tomorrow = run.plan(Programme.QUARTERLY_SCREENING, World.TODAY.plusDays(1));
        assertInstanceOf(Ordered.Refused.class, run.open(tomorrow));
    }

    @Test
    void whatVisitsFoundIsCountedAndTheUnseenAreHandedOn() throws Exception {
        world.execute("UPDATE dong_capacity SET visits_per_round = 2");
        var id = run.screened(Programme.QUARTERLY_SCREENING, World.TODAY);
        var flag = world.query("SELECT id || ' ' || child_id FROM flag WHERE rank = 1")
                .getFirst()
                .split(" ", -1);
        var now = Instant.parse("2026-10-02T01:00:00Z");
        world.transactions.run(tx -> {
            var join = new JoinOutcome();
            var visit = UUID.randomUUID();
            var child = UUID.fromString(flag[1]);
            join.visitPlanned(tx, visit, child, 1, UUID.fromString(flag[0]), World.TODAY, now);
            return join.visitCompleted(
                    tx, visit, child, 2, UUID.fromString(flag[0]), VisitFinding.of("SAFE", true), now);
        });
        assertEquals(RoundState.TRACKING, run.round(id).state());

        run.close(id);

        assertEquals(1, run.round(id).figures().seen());
        var told = world.query("SELECT convert_from(payload, 'UTF8') FROM outbox WHERE type = 'RoundClosed'");
        assertTrue(told.getFirst().contains("\"handedOn\":2"));
    }

    @Test
    void aVisitThatIsPlannedWhileTheRoundIsScreenedAgainBeginsItsTracking() throws Exception {
        var id = run.screened(Programme.QUARTERLY_SCREENING, World.TODAY);
        var flag = world.query("SELECT id || ' ' || child_id FROM flag WHERE rank = 1")
                .getFirst()
                .split(" ", -1);
        run.divide(id);

        world.transactions.run(tx -> new JoinOutcome()
                .visitPlanned(
                        tx,
                        UUID.randomUUID(),
                        UUID.fromString(flag[1]),
                        1,
                        UUID.fromString(flag[0]),
                        World.TODAY,
                        Instant.parse("2026-10-02T01:00:00Z")));
        run.judgeRanges(id);
        run.goOn();

        assertEquals(RoundState.TRACKING, run.round(id).state());
        assertEquals(null, run.round(id).work());
        var replay =
                world.transactions.run(tx -> ReplayRound.ofAnyProgramme(tx, id).orElseThrow());
        assertTrue(replay.hasOutcomes());
    }
}
