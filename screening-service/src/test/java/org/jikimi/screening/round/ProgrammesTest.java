package org.jikimi.screening.round;

import static org.jikimi.screening.registry.SendChildren.child;
import static org.jikimi.screening.signal.SendSignals.signal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jikimi.screening.World;
import org.jikimi.screening.outcome.JoinOutcome;
import org.jikimi.screening.outcome.VisitFinding;
import org.jikimi.screening.reference.Programme;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.screening.round.model.Composition;
import org.jikimi.screening.round.model.Round;
import org.jikimi.screening.round.report.CoverageView;
import org.jikimi.screening.signal.SendSignals;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom each programme selects, how far it reaches, and what it reports when it closes. */
class ProgrammesTest {
    private static final Instant LATELY = Instant.parse("2026-09-20T01:00:00Z");
    private static final String OTHER_DISTRICT = "1111053000";

    private final JoinOutcome join = new JoinOutcome();
    private World world;
    private RunRound run;

    private interface Told {
        Object in(Connection tx) throws SQLException;
    }

    @BeforeEach
    void emptyCity() throws Exception {
        world = new World();
        run = new RunRound(world);
        world.execute("INSERT INTO dong_capacity VALUES ('" + World.DONG + "', 50), ('" + OTHER_DISTRICT + "', 50)");
    }

    private void register(String... lines) throws Exception {
        SendChildren.send(world, UUID.randomUUID().toString(), String.join("", lines));
    }

    private static String at(String number, String born, String care) {
        return child(number, "H-" + number, born, "TWO_PARENT", World.DONG, care);
    }

    private UUID born(String day) throws SQLException {
        return UUID.fromString(world.query("SELECT id FROM child WHERE birth_date = '" + day + "'")
                .getFirst());
    }

    private UUID flagOf(UUID child) throws SQLException {
        return UUID.fromString(world.query("SELECT id FROM flag WHERE child_id = '" + child + "'")
                .getFirst());
    }

    private void tell(Told event) throws SQLException {
        world.transactions.run(tx -> String.valueOf(event.in(tx)));
    }

    private Set<String> selected(Programme programme) throws SQLException {
        run.screened(programme, World.TODAY);
        return new TreeSet<>(world.query(
                "SELECT coalesce(c.birth_date::text, 'unknown') FROM flag f JOIN child c ON c.id = f.child_id"));
    }

    @Test
    void theSurveyOfThreeYearOldsTakesTheBirthYearAtHomeAndWhoCannotBeLeftOut() throws Exception {
        register(
                at("A1", "2023-01-01", "HOME"),
                at("A2", "2023-12-31", "NONE"),
                at("A3", "2023-05-01", "DAYCARE"),
                at("A4", "2023-05-02", "KINDERGARTEN"),
                at("A5", "2023-05-03", "SCHOOL"),
                at("A6", "2022-12-31", "HOME"),
                at("A7", "2024-01-01", "HOME"));
        world.execute("UPDATE child SET birth_date = NULL, provisional = true WHERE birth_date = '2024-01-01'");

        assertEquals(
                new TreeSet<>(List.of("2023-01-01", "2023-05-03", "2023-12-31", "unknown")),
                selected(Programme.AGE_THREE_SURVEY));
    }

    @Test
    void theJointInspectionTakesRepeatedReportsAndRefusalsOfTheLastYearAlsoWithOpenWork() throws Exception {
        register(
                at("B1", "2015-01-01", "SCHOOL"),
                at("B2", "2015-01-02", "SCHOOL"),
                at("B3", "2015-01-03", "SCHOOL"),
                at("B4", "2015-01-04", "SCHOOL"),
                at("B5", "2015-01-05", "SCHOOL"));
        reported("2015-01-01", LATELY);
        reported("2015-01-01", LATELY);
        reported("2015-01-02", LATELY);
        reported("2015-01-02", Instant.parse("2025-09-20T01:00:00Z"));
        var refusing = born("2015-01-03");
        tell(tx -> join.managementRefused(tx, UUID.randomUUID(), refusing, LATELY));
        var shut = born("2015-01-04");
        tell(tx -> join.visitRefused(tx, UUID.randomUUID(), shut, LATELY));

        assertEquals(
                new TreeSet<>(List.of("2015-01-01", "2015-01-03", "2015-01-04")), selected(Programme.JOINT_INSPECTION));
        assertEquals(
                Map.of("REPORTS", 1, "REFUSAL", 2),
                run.report(onlyRound()).breakdowns().get("selectedFor"));
    }

    private UUID onlyRound() throws SQLException {
        return UUID.fromString(world.query("SELECT id FROM round").getFirst());
    }

    private void reported(String born, Instant at) throws SQLException {
        var child = born(born);
        tell(tx -> join.reported(tx, UUID.randomUUID(), child, 1, true, null, at));
    }

    @Test
    void theSurveyOfTemporaryNumbersReportsWhatVisitsFoundOfTheirRegistration() throws Exception {
        register(
                at("C1", "2026-06-01", "HOME").replace("\"RRN\"", "\"TNN\""),
                at("C2", "2026-06-02", "HOME").replace("\"RRN\"", "\"TMN\""),
                at("C3", "2026-06-03", "HOME"));
        var id = run.screened(Programme.TEMPORARY_NUMBER_SURVEY, World.TODAY);
        visit(
                born("2026-06-01"),
                new VisitFinding("SAFE", true, "NOT_REGISTERED", "FOREIGN_PARENT", "HOME"),
                "2026-10-09");
        visit(born("2026-06-02"), VisitFinding.of("UNLOCATED", false), "2026-10-09");
        run.close(id);

        var report = run.report(id);
        assertEquals(Map.of("TNN", 1, "TMN", 1), report.breakdowns().get("scheme"));
        assertEquals(Map.of("NOT_REGISTERED", 1), report.breakdowns().get("birthRegistration"));
        assertEquals(Map.of("FOREIGN_PARENT", 1), report.breakdowns().get("registrationDelay"));
        assertEquals(Map.of("HOME", 1), report.breakdowns().get("careSetting"));
        assertEquals(1, report.handedOn());
        assertEquals(1, report.coverage().notLocated());
        assertNotNull(report.closedAt());
    }

    @Test
    void theQuarterlyScreeningReportsTheAgesFamiliesAndCareOfWhomItFlagged() throws Exception {
        register(
                child("J1", "H-J1", "2015-05-01", "SINGLE_PARENT", World.DONG, "SCHOOL"),
                child("J2", "H-J2", "2023-05-01", "TWO_PARENT", World.DONG, "HOME"),
                child("J3", "H-J3", "2023-05-02", "OTHER", World.DONG, "NONE"));
        for (var cut : List.of("power-utility POWER_CUTOFF", "water-utility WATER_CUTOFF", "gas-utility GAS_CUTOFF")) {
            var parts = cut.split(" ", -1);
            SendSignals.send(
                    world,
                    parts[0],
                    "s",
                    signal("S1", parts[1], "HOUSEHOLD", "H-J1", "2026-09-01")
                            + signal("S2", parts[1], "HOUSEHOLD", "H-J2", "2026-09-01"));
        }

        assertEquals(
                Map.of(
                        "ageYears", Map.of("11", 1, "3", 1),
                        "familyType", Map.of("SINGLE_PARENT", 1, "TWO_PARENT", 1),
                        "care", Map.of("SCHOOL", 1, "HOME", 1)),
                closed(Programme.QUARTERLY_SCREENING));
    }

    @Test
    void theInvestigationOfTheYoungestReportsTheFamiliesAgesAndCareOfWhomItFlagged() throws Exception {
        register(
                child("K1", "H-K1", "2026-05-01", "SINGLE_PARENT", World.DONG, "HOME"),
                child("K2", "H-K2", "2025-05-01", "GRANDPARENT", World.DONG, "DAYCARE"),
                child("K3", "H-K3", "2023-05-01", "SINGLE_PARENT", World.DONG, "NONE"));

        assertEquals(
                Map.of(
                        "familyType", Map.of("SINGLE_PARENT", 1, "GRANDPARENT", 1),
                        "ageYears", Map.of("0", 1, "1", 1),
                        "care", Map.of("HOME", 1, "DAYCARE", 1)),
                closed(Programme.UNDER_TWO_INVESTIGATION));
    }

    private Map<String, Map<String, Integer>> closed(Programme programme) throws SQLException {
        var id = run.screened(programme, World.TODAY);
        run.close(id);
        return run.report(id).breakdowns();
    }

    private void visit(UUID child, VisitFinding found, String dueOn) throws SQLException {
        var visit = UUID.randomUUID();
        var flag = flagOf(child);
        tell(tx -> join.visitPlanned(tx, visit, child, 1, flag, LocalDate.parse(dueOn), LATELY));
        tell(tx -> join.visitCompleted(tx, visit, child, 2, flag, found, LATELY.plusSeconds(60)));
    }

    @Test
    void theReportOfAClosedRoundStaysAsItWas() throws Exception {
        register(at("D1", "2023-01-01", "HOME"));
        var id = run.screened(Programme.AGE_THREE_SURVEY, World.TODAY);
        assertNull(run.report(id).closedAt());
        run.close(id);
        var closed = run.report(id);

        visit(born("2023-01-01"), VisitFinding.of("SAFE", true), "2026-10-09");

        assertEquals(closed, run.report(id));
        assertEquals(1, closed.handedOn());
    }

    @Test
    void coverageCountsTheOverdueTheRefusedAndTheUnseenByDongAndDistrict() throws Exception {
        register(
                at("E1", "2023-01-01", "HOME"),
                at("E2", "2023-01-02", "HOME"),
                child("E3", "H-E3", "2023-01-03", "TWO_PARENT", OTHER_DISTRICT, "HOME"));
        var id = run.screened(Programme.AGE_THREE_SURVEY, World.TODAY);
        visit(born("2023-01-01"), VisitFinding.of("REFUSED", false), "2026-09-30");
        var waiting = born("2023-01-02");
        var flag = flagOf(waiting);
        tell(tx -> join.visitPlanned(tx, UUID.randomUUID(), waiting, 1, flag, World.TODAY.minusDays(1), LATELY));

        var coverage = run.report(id).coverage();

        assertEquals(List.of("11110", "11350"), districts(coverage));
        assertEquals(
                new CoverageView.Area("11350", World.DONG, 2, 0, 2, 1, 0, 0, 1, 1, 0),
                coverage.dongs().getLast());
        assertEquals(
                new CoverageView.Area("11110", null, 1, 0, 0, 0, 0, 0, 0, 0, 0),
                coverage.districts().getFirst());
    }

    private static List<String> districts(CoverageView coverage) {
        return coverage.districts().stream()
                .map(CoverageView.Area::districtCode)
                .toList();
    }

    @Test
    void anAnalystComposesTheInvestigationOfTheYoungestAndSeesItsSizeFirst() throws Exception {
        register(
                child("F1", "H-F1", "2025-01-01", "SINGLE_PARENT", World.DONG, "HOME"),
                child("F2", "H-F2", "2025-01-02", "TWO_PARENT", World.DONG, "HOME"),
                child("F3", "H-F3", "2024-09-30", "SINGLE_PARENT", OTHER_DISTRICT, "HOME"),
                child("F4", "H-F4", "2024-10-02", "SINGLE_PARENT", OTHER_DISTRICT, "HOME"));
        SendSignals.send(world, "power-utility", "s", signal("S1", "POWER_CUTOFF", "HOUSEHOLD", "H-F4", "2026-09-01"));

        assertEquals(List.of(2, 2), size(composed(new Composition(null, List.of("SINGLE_PARENT"), null, 0, null))));
        assertEquals(List.of(3, 2), size(composed(new Composition(36, List.of("SINGLE_PARENT"), null, 0, null))));
        assertEquals(List.of(1, 1), size(composed(new Composition(null, null, List.of("11110"), 0, null))));
        assertEquals(List.of(1, 1), size(composed(new Composition(null, null, null, 0, List.of("POWER_CUTOFF")))));
        assertEquals(List.of(0, 0), size(composed(new Composition(null, null, null, 2_000, null))));
        assertEquals(List.of(), world.query("SELECT id FROM flag"));
    }

    @Test
    void withoutPointsOfCaregivingTheModelsOwnBoundOfAGapDecides() throws Exception {
        register(
                child("F1", "H-F1", "2025-01-01", "SINGLE_PARENT", OTHER_DISTRICT, "HOME"),
                child("F2", "H-F2", "2025-01-02", "TWO_PARENT", World.DONG, "HOME"));

        assertEquals(List.of(2, 2), size(composed(new Composition(null, null, null, 1, null))));
        assertEquals(List.of(1, 1), size(composed(new Composition(null, null, null, null, null))));
        assertEquals(Set.of("2025-01-01"), selected(Programme.UNDER_TWO_INVESTIGATION));
    }

    private static Round.Plan composed(Composition composition) {
        return new Round.Plan(Programme.UNDER_TWO_INVESTIGATION, World.TODAY, composition);
    }

    private List<Integer> size(Round.Plan asked) throws SQLException {
        var preview = run.preview(asked);
        return List.of(preview.selected(), preview.districts().size());
    }

    @Test
    void thePreviewCountsWhatTheRoundThenFlags() throws Exception {
        world.execute("UPDATE dong_capacity SET visits_per_round = 1");
        register(
                at("G1", "2023-01-01", "HOME"),
                at("G2", "2023-01-02", "HOME"),
                child("G3", "H-G3", "2023-01-03", "TWO_PARENT", OTHER_DISTRICT, "HOME"));
        var busy = born("2023-01-03");
        tell(tx -> join.caseIs(tx, UUID.randomUUID(), busy, 1, true));

        var preview = run.preview(new Round.Plan(Programme.AGE_THREE_SURVEY, World.TODAY, null));
        var round = run.round(run.screened(Programme.AGE_THREE_SURVEY, World.TODAY));

        assertEquals(new Round.Figures(3, preview.linked(), preview.flagged(), preview.backlog(), 0), round.figures());
        assertEquals(
                List.of(2, 1, 1, 1),
                List.of(preview.selected(), preview.visits(), preview.backlog(), preview.linked()));
        assertEquals(
                List.of(
                        new PreviewView.District("11110", 0, 0, 0, 0, 1),
                        new PreviewView.District("11350", 2, 1, 1, 1, 0)),
                preview.districts());
    }
}
