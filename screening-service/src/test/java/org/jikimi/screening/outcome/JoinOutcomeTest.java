package org.jikimi.screening.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jikimi.screening.World;
import org.junit.jupiter.api.Test;

class JoinOutcomeTest {
    private static final UUID CHILD = UUID.fromString("01900000-0000-7000-8000-000000000001");
    private static final UUID SIBLING = UUID.fromString("01900000-0000-7000-8000-000000000006");
    private static final UUID OTHER_FLAG = new UUID(7, 8);
    private static final UUID FLAG = UUID.fromString("01900000-0000-7000-8000-000000000002");
    private static final UUID VISIT = UUID.fromString("01900000-0000-7000-8000-000000000003");
    private static final UUID REPORT = UUID.fromString("01900000-0000-7000-8000-000000000004");
    private static final UUID FILE = UUID.fromString("01900000-0000-7000-8000-000000000005");
    private static final UUID INVESTIGATION = UUID.fromString("01900000-0000-7000-8000-000000000007");
    private static final Instant AT = Instant.parse("2026-10-02T01:00:00Z");

    private static final LocalDate DUE = LocalDate.of(2026, 10, 16);

    private static final String STATE = """
            SELECT concat_ws(' ', state, planned_at, due_on, visited_at, outcome, seen, report_id, determination) FROM flag
            UNION ALL SELECT concat_ws(' ', ref, kind, version, open) FROM open_work
            UNION ALL SELECT concat_ws(' ', visit_id, version, outcome, seen, birth_registration, registration_delay,
                                       care_setting) FROM visit_result
            UNION ALL SELECT concat_ws(' ', kind, ref, happened_at) FROM concern
            UNION ALL SELECT concat_ws(' ', investigation, version, determination, determined_at) FROM abuse_finding
            ORDER BY 1""";

    private interface Heard {
        void in(Connection tx) throws SQLException;
    }

    @Test
    void everyPairOfEventsEndsAlikeInBothOrders() throws Exception {
        var world = new World();
        var join = new JoinOutcome();
        Map<String, Heard> events = new LinkedHashMap<>();
        events.put("planned", tx -> join.visitPlanned(tx, VISIT, CHILD, 1, FLAG, DUE, AT));
        events.put(
                "planned again",
                tx -> join.visitPlanned(tx, VISIT, CHILD, 2, FLAG, DUE.minusDays(3), AT.plusSeconds(5)));
        events.put("refused at the door", tx -> join.visitRefused(tx, VISIT, CHILD, AT.plusSeconds(3)));
        events.put(
                "completed",
                tx -> join.visitCompleted(tx, VISIT, CHILD, 3, FLAG, VisitFinding.of("REFUSED", false), AT));
        events.put(
                "completed later",
                tx -> join.visitCompleted(
                        tx,
                        VISIT,
                        CHILD,
                        4,
                        FLAG,
                        new VisitFinding("SAFE", true, "PLANNED", "NO_PAPERS", "HOME"),
                        AT.plusSeconds(9)));
        events.put(
                "completed for a child nobody flagged",
                tx -> join.visitCompleted(tx, VISIT, SIBLING, 3, null, VisitFinding.of("SAFE", true), AT));
        events.put("closed because the child has died", tx -> join.visitClosed(tx, FILE, CHILD, 3, FLAG, "DECEASED"));
        events.put("reported", tx -> join.reported(tx, REPORT, CHILD, 1, true, FLAG, AT));
        events.put("reported again", tx -> join.reported(tx, VISIT, CHILD, 1, true, FLAG, AT.plusSeconds(60)));
        events.put("determined", tx -> join.determined(tx, determined(2, "ABUSE")));
        events.put("case opened", tx -> join.caseIs(tx, FILE, CHILD, 1, true));
        events.put("case management refused", tx -> join.managementRefused(tx, FILE, CHILD, AT.plusSeconds(7)));
        events.put("case closed", tx -> join.caseIs(tx, FILE, CHILD, 7, false));
        for (var one : events.entrySet()) {
            for (var other : events.entrySet()) {
                var names = one.getKey() + ", " + other.getKey();
                assertEquals(
                        after(world, one.getValue(), other.getValue()),
                        after(world, other.getValue(), one.getValue()),
                        names);
                assertEquals(
                        after(world, one.getValue(), other.getValue()),
                        after(world, one.getValue(), other.getValue(), one.getValue(), other.getValue()),
                        names + ", repeated");
            }
        }
    }

    @Test
    void everyFlagThatAVisitAnswersHasItsOutcome() throws Exception {
        var world = new World();
        var join = new JoinOutcome();
        Heard first = tx -> join.visitCompleted(tx, VISIT, CHILD, 3, FLAG, VisitFinding.of("WELFARE_NEED", true), AT);
        Heard other =
                tx -> join.visitCompleted(tx, VISIT, CHILD, 3, OTHER_FLAG, VisitFinding.of("WELFARE_NEED", true), AT);

        var state = after(world, flag(OTHER_FLAG), first, other);

        assertEquals(2, state.stream().filter(row -> row.startsWith("VISITED")).count());
        assertEquals(state, after(world, flag(OTHER_FLAG), other, first, other));
    }

    @Test
    void aFlagWhoseVisitWasClosedBecauseTheChildHasDiedIsClosedAndNobodyIsOnTheWayAnyMore() throws Exception {
        var join = new JoinOutcome();

        var state = after(
                new World(),
                tx -> join.visitPlanned(tx, VISIT, CHILD, 1, FLAG, DUE, AT),
                tx -> join.visitClosed(tx, VISIT, CHILD, 2, FLAG, "DECEASED"));

        assertEquals(1, state.stream().filter(row -> row.startsWith("CLOSED")).count());
        assertEquals(
                1,
                state.stream().filter(row -> row.equals(VISIT + " VISIT 2 f")).count());
    }

    private static Heard flag(UUID id) {
        return tx -> {
            try (var statement = tx.createStatement()) {
                statement.execute("INSERT INTO flag (id, version, state, child_id, household_id, district_code, "
                        + "dong_code, score, reasons, urgent, model_version, as_of, flagged_at) VALUES ('" + id
                        + "', 1, 'FLAGGED', '" + CHILD + "', '" + CHILD
                        + "', '11350', '1135056000', 30, '', false, 'm', '2026-10-01', now())");
            }
        };
    }

    private static JoinOutcome.Determined determined(long version, String what) {
        return new JoinOutcome.Determined(
                INVESTIGATION, version, CHILD, List.of(REPORT), what, FLAG, AT.plusSeconds(90));
    }

    private static List<String> after(World world, Heard... events) throws SQLException {
        return world.transactions.run(tx -> {
            try (var statement = tx.createStatement()) {
                statement.execute(
                        "DELETE FROM flag; DELETE FROM visit_result; DELETE FROM open_work; DELETE FROM concern; DELETE FROM abuse_finding");
                flag(FLAG).in(tx);
                for (var event : events) {
                    event.in(tx);
                }
                var state = new ArrayList<String>();
                try (var rows = statement.executeQuery(STATE)) {
                    while (rows.next()) {
                        state.add(rows.getString(1));
                    }
                }
                return state;
            }
        });
    }
}
