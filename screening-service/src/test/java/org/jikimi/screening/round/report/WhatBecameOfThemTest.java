package org.jikimi.screening.round.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jikimi.screening.registry.SendChildren.child;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jikimi.screening.World;
import org.jikimi.screening.export.ExportFormat;
import org.jikimi.screening.outcome.JoinOutcome;
import org.jikimi.screening.outcome.Searches;
import org.jikimi.screening.outcome.VisitFinding;
import org.jikimi.screening.reference.Programme;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.screening.round.RunRound;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the coverage, the report and the list of flags say of children of whom more was heard than of their flag. */
class WhatBecameOfThemTest {
    private static final Instant VISITED = Instant.parse("2026-10-01T01:00:00Z");
    private static final Instant LATER = VISITED.plusSeconds(3_600);

    private final JoinOutcome join = new JoinOutcome();
    private World world;
    private RunRound run;

    private interface Told {
        Object in(Connection tx) throws SQLException;
    }

    @BeforeEach
    void threeChildrenInTwoHomes() throws Exception {
        world = new World();
        run = new RunRound(world);
        world.execute("INSERT INTO dong_capacity VALUES ('" + World.DONG + "', 50)");
        SendChildren.send(
                world,
                "children",
                child("A1", "H-A", "2023-01-01") + child("A2", "H-A", "2023-01-02") + child("A3", "H-B", "2023-01-03"));
    }

    private void tell(Told event) throws SQLException {
        world.transactions.run(tx -> String.valueOf(event.in(tx)));
    }

    private UUID born(String day) throws SQLException {
        return UUID.fromString(world.query("SELECT id FROM child WHERE birth_date = '" + day + "'")
                .getFirst());
    }

    private UUID flagOf(UUID child) throws SQLException {
        return UUID.fromString(world.query("SELECT id FROM flag WHERE child_id = '" + child + "'")
                .getFirst());
    }

    private UUID found(UUID child, String outcome, Instant at) throws SQLException {
        var flag = flagOf(child);
        var visit = UUID.randomUUID();
        tell(tx ->
                join.visitCompleted(tx, visit, child, 2, flag, VisitFinding.of(outcome, outcome.equals("SAFE")), at));
        return visit;
    }

    private void police(UUID check, long version, UUID visit, UUID child, String state, Instant at)
            throws SQLException {
        tell(tx -> join.soughtByPolice(tx, check, version, visit, child, state, null, at));
    }

    private List<String> listed(UUID round) throws SQLException {
        var list = RoundList.FLAGS.rows(round, null, World.TODAY, ExportFormat.CSV);
        return world.query("SELECT concat_ws(' ', outcome, seen) FROM (" + list + ") AS f ORDER BY 1");
    }

    private String told(String type) throws SQLException {
        return world.query("SELECT convert_from(payload, 'UTF8') FROM outbox WHERE type = '" + type + "'")
                .getFirst();
    }

    @Test
    void whoIsSeenByAVisitThatDoesNotNameTheFlagIsSeen() throws Exception {
        var round = run.screened(Programme.AGE_THREE_SURVEY, World.TODAY);
        var sibling = born("2023-01-01");
        var twice = born("2023-01-02");
        found(sibling, "UNLOCATED", VISITED);
        found(twice, "REFUSED", VISITED);

        tell(tx -> join.visitCompleted(tx, UUID.randomUUID(), sibling, 2, null, VisitFinding.of("SAFE", true), LATER));
        tell(tx -> join.visitCompleted(
                tx, UUID.randomUUID(), twice, 2, UUID.randomUUID(), VisitFinding.of("SAFE", true), LATER));

        var report = run.report(round);
        assertEquals(
                List.of(2, 0, 0, 1),
                List.of(
                        report.coverage().seen(),
                        report.coverage().notLocated(),
                        report.coverage().refused(),
                        report.handedOn()));
        assertEquals(Map.of("UNLOCATED", 1, "REFUSED", 1), report.coverage().outcomes());
        assertEquals(List.of("REFUSED t", "UNLOCATED t", "f"), listed(round));
        run.close(round);
        assertEquals(2, run.round(round).figures().seen());
        assertThat(told("RoundClosed")).contains("\"seen\":2", "\"handedOn\":1");
    }

    @Test
    void whoWasSeenBeforeTheVisitThatDidNotFindItIsNotSeen() throws Exception {
        var round = run.screened(Programme.AGE_THREE_SURVEY, World.TODAY);
        var child = born("2023-01-01");
        found(child, "UNLOCATED", LATER);

        tell(tx -> join.visitCompleted(tx, UUID.randomUUID(), child, 2, null, VisitFinding.of("SAFE", true), VISITED));

        assertEquals(1, run.report(round).coverage().notLocated());
        assertEquals(0, run.report(round).coverage().seen());
    }

    @Test
    void whomThePoliceHaveFoundIsLocatedUntilTheyOrAVisitMissItAgain() throws Exception {
        var round = run.screened(Programme.AGE_THREE_SURVEY, World.TODAY);
        var child = born("2023-01-01");
        var check = UUID.randomUUID();
        var visit = found(child, "UNLOCATED", VISITED);
        police(check, 1, visit, child, "OPEN", VISITED);
        assertEquals(1, run.report(round).coverage().notLocated());

        police(check, 2, visit, child, "LOCATED", LATER);

        assertEquals(0, run.report(round).coverage().notLocated());
        assertEquals(Map.of("UNLOCATED", 1), run.report(round).coverage().outcomes());
        assertEquals(3, run.report(round).handedOn(), "nobody has seen it yet");
        police(check, 3, visit, child, "OPEN", LATER.plusSeconds(1));
        assertEquals(1, run.report(round).coverage().notLocated());
        police(check, 4, visit, child, "LOCATED", LATER.plusSeconds(2));
        assertEquals(0, run.report(round).coverage().notLocated());
        tell(tx -> join.visitCompleted(
                tx, UUID.randomUUID(), child, 2, null, VisitFinding.of("UNLOCATED", false), LATER.plusSeconds(3)));
        assertEquals(1, run.report(round).coverage().notLocated());
    }

    @Test
    void whomThePoliceHaveFoundAbroadIsLocatedToo() throws Exception {
        var round = run.screened(Programme.AGE_THREE_SURVEY, World.TODAY);
        var child = born("2023-01-01");
        var visit = found(child, "UNLOCATED", VISITED);

        tell(tx -> join.soughtByPolice(tx, UUID.randomUUID(), 2, visit, child, "CLOSED", "ABROAD", LATER));

        assertEquals(0, run.report(round).coverage().notLocated());
        assertEquals(3, run.report(round).handedOn());
    }

    @Test
    void whomThePoliceFoundBeforeTheVisitDidNotFindItIsNotLocated() throws Exception {
        var round = run.screened(Programme.AGE_THREE_SURVEY, World.TODAY);
        var child = born("2023-01-01");
        police(UUID.randomUUID(), 2, UUID.randomUUID(), child, "LOCATED", VISITED);

        found(child, "UNLOCATED", LATER);

        assertEquals(1, run.report(round).coverage().notLocated());
    }

    @Test
    void whomThePoliceHaveFoundIsOverdueUntilItsVisitThereIsMade() throws Exception {
        var round = run.screened(Programme.AGE_THREE_SURVEY, World.TODAY);
        var child = born("2023-01-01");
        var there = UUID.randomUUID();
        var visit = found(child, "UNLOCATED", VISITED);
        police(UUID.randomUUID(), 2, visit, child, "LOCATED", LATER);
        tell(tx -> join.visitPlanned(tx, there, child, 1, null, World.TODAY, LATER));
        assertEquals(0, run.report(round).coverage().overdue());

        tell(tx -> join.visitPlanned(tx, there, child, 2, null, World.TODAY.minusDays(1), LATER));

        assertEquals(1, run.report(round).coverage().overdue());
        assertEquals(Map.of("UNLOCATED", 1), run.report(round).coverage().outcomes());
        tell(tx -> join.visitCompleted(tx, there, child, 3, null, VisitFinding.of("SAFE", true), LATER.plusSeconds(1)));
        assertEquals(0, run.report(round).coverage().overdue());
        assertEquals(1, run.report(round).coverage().seen());
    }

    @Test
    void whoIsSeenUnderAnotherIdIsSeen() throws Exception {
        var round = run.screened(Programme.AGE_THREE_SURVEY, World.TODAY);
        var alias = born("2023-01-01");
        var surviving = born("2023-01-02");
        var other = UUID.randomUUID();
        found(alias, "UNLOCATED", VISITED);
        found(surviving, "UNLOCATED", VISITED);
        world.execute("INSERT INTO child_alias VALUES ('" + alias + "', '" + surviving + "'), ('" + other + "', '"
                + surviving + "')");

        tell(tx -> join.visitCompleted(tx, UUID.randomUUID(), other, 2, null, VisitFinding.of("SAFE", true), LATER));

        assertEquals(2, run.report(round).coverage().seen());
        assertEquals(0, run.report(round).coverage().notLocated());
    }

    @Test
    void whoHasDiedIsNotHandedOn() throws Exception {
        var round = run.screened(Programme.AGE_THREE_SURVEY, World.TODAY);
        var foundDead = born("2023-01-01");
        var gone = born("2023-01-02");
        var sought = born("2023-01-03");
        found(foundDead, "DECEASED", VISITED);
        var flag = flagOf(gone);
        tell(tx -> join.visitClosed(tx, UUID.randomUUID(), gone, 2, flag, "DECEASED"));
        found(sought, "UNLOCATED", VISITED);
        assertEquals(1, run.report(round).handedOn());

        tell(tx -> {
            Searches.registeredDead(tx, List.of(sought), List.of(sought), LATER);
            return sought;
        });

        assertEquals(0, run.report(round).handedOn());
        run.close(round);
        assertThat(told("RoundClosed")).contains("\"seen\":0", "\"handedOn\":0");
    }

    @Test
    void aVisitThatIsPlannedAgainAfterAMistakenDeathIsOverdueUntilItIsMade() throws Exception {
        var round = run.screened(Programme.AGE_THREE_SURVEY, World.TODAY);
        var child = born("2023-01-01");
        var flag = flagOf(child);
        var first = UUID.randomUUID();
        var again = UUID.randomUUID();
        var dueOn = World.TODAY.minusDays(1);
        tell(tx -> join.visitPlanned(tx, first, child, 1, flag, dueOn, VISITED));
        tell(tx -> join.visitClosed(tx, first, child, 2, flag, "DECEASED"));
        assertEquals(Map.of("DECEASED", 1), run.report(round).coverage().outcomes());
        assertEquals(0, run.report(round).coverage().overdue());

        tell(tx -> join.visitPlanned(tx, again, child, 1, flag, World.TODAY.plusDays(30), LATER));

        assertEquals(Map.of(), run.report(round).coverage().outcomes());
        assertEquals(0, run.report(round).coverage().overdue(), "by the day of the new visit");
        tell(tx -> join.visitPlanned(tx, again, child, 2, flag, dueOn, LATER));
        assertEquals(1, run.report(round).coverage().overdue());
        assertEquals(3, run.report(round).handedOn());
        assertEquals(List.of("f", "f", "f"), listed(round));
        tell(tx -> join.visitCompleted(tx, again, child, 3, flag, VisitFinding.of("SAFE", true), LATER));
        assertEquals(Map.of("SAFE", 1), run.report(round).coverage().outcomes());
        assertEquals(0, run.report(round).coverage().overdue());
    }

    @Test
    void whoHasDiedIsNotAwaitedBecauseItsSiblingIsVisited() throws Exception {
        var round = run.screened(Programme.AGE_THREE_SURVEY, World.TODAY);
        var dead = born("2023-01-01");
        var flag = flagOf(dead);
        var visit = UUID.randomUUID();
        tell(tx -> join.visitPlanned(tx, visit, dead, 1, flag, World.TODAY.minusDays(1), VISITED));
        tell(tx -> join.visitClosed(tx, visit, dead, 2, flag, "DECEASED"));
        world.execute("UPDATE child SET status = 'DECEASED', status_on = '2026-09-20' WHERE id = '" + dead + "'");

        tell(tx -> join.visitPlanned(tx, UUID.randomUUID(), dead, 1, null, World.TODAY.minusDays(1), LATER));

        assertEquals(Map.of("DECEASED", 1), run.report(round).coverage().outcomes());
        assertEquals(0, run.report(round).coverage().overdue());
        assertEquals(2, run.report(round).handedOn());
    }

    @Test
    void whatTheRegisterSaysOfAnAliasAloneDoesNotEndTheSearchForItsChild() throws Exception {
        var round = run.screened(Programme.AGE_THREE_SURVEY, World.TODAY);
        var alias = born("2023-01-01");
        found(alias, "UNLOCATED", VISITED);
        tell(tx -> {
            Searches.registeredDead(tx, List.of(alias), List.of(alias), LATER);
            return alias;
        });
        assertEquals(2, run.report(round).handedOn());

        world.execute("INSERT INTO child_alias VALUES ('" + alias + "', '" + born("2023-01-02") + "')");

        assertEquals(3, run.report(round).handedOn());
    }

    @Test
    void aSearchOfAnEarlierVisitDoesNotMakeAFlagOpenThatWasClosed() throws Exception {
        var round = run.screened(Programme.AGE_THREE_SURVEY, World.TODAY);
        var child = born("2023-01-01");
        var flag = flagOf(child);
        var visit = UUID.randomUUID();
        tell(tx ->
                join.visitCompleted(tx, UUID.randomUUID(), child, 2, null, VisitFinding.of("ABROAD", false), VISITED));
        tell(tx -> join.visitPlanned(tx, visit, child, 1, flag, World.TODAY.minusDays(1), VISITED));

        tell(tx -> join.visitClosed(tx, visit, child, 2, flag, "ABROAD"));

        assertEquals(Map.of("ABROAD", 1), run.report(round).coverage().outcomes());
        assertEquals(0, run.report(round).coverage().overdue());
    }

    @Test
    void whatAVisitFoundUnderTheIdThatSurvivesIsInTheSurveyOfTemporaryNumbers() throws Exception {
        world.execute("UPDATE child SET scheme = 'TNN' WHERE birth_date = '2023-01-03'");
        var round = run.screened(Programme.TEMPORARY_NUMBER_SURVEY, World.TODAY);
        var alias = born("2023-01-03");
        var surviving = born("2023-01-01");
        var flag = flagOf(alias);
        world.execute("INSERT INTO child_alias VALUES ('" + alias + "', '" + surviving + "')");

        tell(tx -> join.visitCompleted(
                tx,
                UUID.randomUUID(),
                surviving,
                2,
                flag,
                new VisitFinding("SAFE", true, "REGISTERED", "OTHER", "HOME"),
                VISITED));

        var breakdowns = run.report(round).breakdowns();
        assertEquals(Map.of("REGISTERED", 1), breakdowns.get("birthRegistration"));
        assertEquals(Map.of("OTHER", 1), breakdowns.get("registrationDelay"));
        assertEquals(Map.of("HOME", 1), breakdowns.get("careSetting"));
    }
}
