package org.jikimi.cases.investigation;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jikimi.cases.TestDatabase;
import org.jikimi.cases.TestWorld;
import org.jikimi.cases.casefile.CaseParts;
import org.jikimi.cases.report.Report;
import org.jikimi.cases.report.ReportParts;
import org.jikimi.cases.report.Urgency;
import org.jikimi.cases.support.Ruling;
import org.jikimi.cases.visit.VisitOutcome;
import org.jikimi.cases.visit.VisitParts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the report to the determination and the case file, on a real database. */
class InvestigationTest {
    private static final UUID CHILD = TestWorld.id(1);
    private static final UUID SIBLING = TestWorld.id(2);
    private static final String OPEN_CLOCKS = "SELECT code FROM legal_clock WHERE state = 'RUNNING' ORDER BY code";

    private TestWorld world;
    private ReportParts reports;
    private VisitParts visits;
    private InvestigationParts parts;

    @BeforeEach
    void start() throws SQLException {
        world = new TestWorld();
        reports = new ReportParts(world);
        visits = new VisitParts(world, reports);
        parts = new InvestigationParts(world, reports, visits, new CaseParts(world));
    }

    @Test
    void anInvestigationJoinsAllReportsAndWhomTheyAccuseIsExcluded() throws SQLException {
        world.run(tx -> reports.by112(tx, CHILD, Urgency.URGENT, TestWorld.id(70)));
        var second = world.get(tx -> reports.by112(tx, CHILD, Urgency.ORDINARY, TestWorld.id(71)));

        var investigation = world.get(tx -> parts.started(tx, second));

        assertThat(investigation.excludedAgencyIds()).containsExactly(TestWorld.id(70), TestWorld.id(71));
        assertThat(investigation.correlation()).isEqualTo(second.id());
        assertThat(world.query(OPEN_CLOCKS)).containsExactly("DETERMINATION_DUE");
        assertThat(world.query("SELECT DISTINCT state FROM report")).containsExactly("UNDER_INVESTIGATION");
    }

    @Test
    void aReportIsInvestigatedOnce() throws SQLException {
        var report = report();
        world.run(tx -> parts.started(tx, report));

        var again = world.get(tx -> parts.start.start(
                tx, reports.follow.find(tx, report.id()).orElseThrow(), Attendance.JOINT, world.times.now()));

        assertThat(again).isEqualTo(Ruling.broken(InvestigationRule.REPORT_ALREADY_INVESTIGATED));
    }

    @Test
    void whoeverGoesAloneMustNotifyTheOtherWithinAnHour() throws SQLException {
        var report = report();
        var alone = world.get(tx -> InvestigationParts.value(
                parts.start.start(tx, report, Attendance.LOCAL_GOVERNMENT_ALONE, world.times.now())));
        var before = world.query(OPEN_CLOCKS);

        world.run(tx -> parts.determine.notified(tx, alone, world.times.now()));

        assertThat(before).containsExactly("CROSS_NOTICE", "DETERMINATION_DUE");
        assertThat(world.query(OPEN_CLOCKS)).containsExactly("DETERMINATION_DUE");
    }

    @Test
    void abuseOpensTheCaseFileInTheSameTransaction() throws SQLException {
        visits.visited(CHILD, SIBLING, VisitOutcome.SUSPECTED_ABUSE, VisitOutcome.SAFE);
        var report = onlyReport();

        world.run(tx -> parts.findsAbuse(tx, report));

        assertThat(world.events("AbuseDetermined", "determination")).containsExactly("ABUSE");
        assertThat(world.events("CaseOpened", "state")).containsExactly("OPEN");
        assertThat(world.events("CaseOpened", "siblingIds")).containsExactly("[\"" + SIBLING + "\"]");
        assertThat(world.query("SELECT state || ' ' || determination FROM report"))
                .containsExactly("CLOSED ABUSE");
        assertThat(world.query(OPEN_CLOCKS)).isEmpty();
        assertThat(world.query("SELECT DISTINCT correlation_id FROM timeline_entry"))
                .containsExactly(report.correlation().toString());
    }

    @Test
    void aGeneralCaseOpensNoCaseFile() throws SQLException {
        var report = report();
        world.run(tx -> parts.determine.determine(
                tx, parts.started(tx, report), parts.result(DeterminationKind.GENERAL_CASE), null));

        assertThat(world.events("CaseOpened")).isEmpty();
        assertThat(world.events("AbuseDetermined", "consent")).containsExactly("true");
    }

    @Test
    void anInvestigationIsDeterminedOnceAndAbuseNamesItsTypes() throws SQLException {
        var report = report();
        var investigation = world.get(tx -> parts.started(tx, report));
        var untyped = new Determination(
                TestWorld.id(9),
                DeterminationKind.ABUSE,
                Forum.EXPERT_COMMITTEE,
                List.of(),
                null,
                false,
                false,
                false,
                world.times.now());
        var determined = InvestigationParts.value(
                investigation.determined(parts.result(DeterminationKind.UNFOUNDED), List.of(Suspicion.of(report))));

        assertThat(investigation.determined(untyped, List.of(Suspicion.of(report))))
                .isEqualTo(Ruling.broken(InvestigationRule.ABUSE_NAMES_ITS_TYPES));
        assertThat(determined.determined(parts.result(DeterminationKind.ABUSE), List.of(Suspicion.of(report))))
                .isEqualTo(Ruling.broken(InvestigationRule.ALREADY_DETERMINED));
    }

    @Test
    void abuseAgainOpensTheSameFileAgainOnceItIsOver() throws SQLException {
        world.run(tx -> parts.findsAbuse(tx, reports.by112(tx, CHILD, Urgency.URGENT)));
        world.run(tx -> parts.findsAbuse(tx, reports.by112(tx, CHILD, Urgency.URGENT)));
        var whileOpen = world.events("CaseOpened", "reopened");
        close();

        world.run(tx -> parts.findsAbuse(tx, reports.by112(tx, CHILD, Urgency.URGENT)));

        assertThat(whileOpen).containsExactly("false");
        assertThat(world.events("CaseOpened", "reopened")).containsExactly("false", "true");
        assertThat(world.query("SELECT count(*) FROM case_file")).containsExactly("1");
    }

    @Test
    void siblingsSuspectedTogetherAreProtectedTogether() throws SQLException {
        visits.visited(CHILD, SIBLING, VisitOutcome.SUSPECTED_ABUSE, VisitOutcome.SUSPECTED_ABUSE);
        var report = world.get(tx -> reports.follow
                .find(tx, UUID.fromString(first("SELECT id FROM report WHERE child_id = '" + CHILD + "'")))
                .orElseThrow());

        world.run(tx -> parts.take.take(
                tx, parts.started(tx, report), intention(MeasureKind.IMMEDIATE_SEPARATION), world.times.now()));

        assertThat(world.events("ProtectiveMeasureTaken", "childId"))
                .containsExactly(CHILD.toString(), SIBLING.toString());
        assertThat(world.events("ProtectiveMeasureTaken", "siblingIds"))
                .containsExactly("[\"" + SIBLING + "\"]", "[\"" + CHILD + "\"]");
        assertThat(world.query("SELECT DISTINCT ends_at - taken_at FROM measure"))
                .containsExactly("7 days");
    }

    @Test
    void anEmergencyMeasureGoesThroughTheCourtOnItsClocks() throws SQLException {
        var measure = emergency();
        var taken = world.query(OPEN_CLOCKS);
        var requested = happened(measure, MeasureEvent.INTERIM_REQUESTED);
        var asked = world.query(OPEN_CLOCKS);
        var granted = happened(requested, MeasureEvent.COURT_GRANTED);
        var running = world.query(OPEN_CLOCKS);
        happened(granted, MeasureEvent.ENDED);

        assertThat(taken).containsExactly("DETERMINATION_DUE", "EMERGENCY_MEASURE_END", "INTERIM_MEASURE_REQUEST");
        assertThat(asked).containsExactly("COURT_DECISION", "DETERMINATION_DUE");
        assertThat(running).containsExactly("DETERMINATION_DUE", "INTERIM_MEASURE_END");
        assertThat(world.query(OPEN_CLOCKS)).containsExactly("DETERMINATION_DUE");
    }

    @Test
    void anExtensionNeedsTheRecordedDecisionAndAHoliday() throws SQLException {
        var measure = emergency();

        assertThat(extended(measure, null)).isEqualTo(Ruling.broken(InvestigationRule.EXTENSION_NEEDS_DECISION));
        assertThat(((Ruling.Broken<Measure>) extended(measure, "the child needs it"))
                        .rule()
                        .code())
                .isEqualTo("extension-needs-holiday");
    }

    @Test
    void anEmergencyMeasureOverAWeekendIsExtendedByTheRecordedDecision() throws SQLException {
        world.clock.passes(Duration.ofDays(4));
        var measure = emergency();

        var extended = InvestigationParts.value(extended(measure, "no court sits before"));

        assertThat(extended.endsAt()).isEqualTo(measure.takenAt().plus(Duration.ofDays(5)));
        assertThat(extended.state()).isEqualTo(MeasureState.TAKEN);
        assertThat(world.query("SELECT encode(decision, 'escape') FROM measure").getFirst())
                .doesNotContain("court");
    }

    @Test
    void aCourtDecidesOnlyWhatItWasAsked() throws SQLException {
        var measure = emergency();

        assertThat((Object) world.get(
                        tx -> parts.take.happened(tx, measure, MeasureEvent.COURT_GRANTED, null, world.times.now())))
                .isEqualTo(Ruling.broken(InvestigationRule.MEASURE_NOT_IN_THAT_STATE));
    }

    @Test
    void theProtectionDecisionEndsTemporaryProtection() throws SQLException {
        var report = report();
        var investigation = world.get(tx -> parts.started(tx, report));
        var taken = world.get(tx ->
                parts.take.take(tx, investigation, intention(MeasureKind.IMMEDIATE_SEPARATION), world.times.now()));

        world.run(tx ->
                parts.determine.protect(tx, taken.investigation(), ProtectionDecision.KINSHIP, world.times.now()));

        assertThat(world.query("SELECT state FROM measure")).containsExactly("ENDED");
        assertThat(world.query(OPEN_CLOCKS)).containsExactly("DETERMINATION_DUE");
    }

    @Test
    void theReasonsAreStoredEncrypted() throws SQLException {
        world.run(tx -> parts.findsAbuse(tx, reports.by112(tx, CHILD, Urgency.URGENT)));

        assertThat(first("SELECT encode(reasons, 'escape') FROM investigation")).doesNotContain("reasons");
    }

    private Report report() throws SQLException {
        return world.get(tx -> reports.by112(tx, CHILD, Urgency.URGENT));
    }

    private Report onlyReport() throws SQLException {
        var id = UUID.fromString(first("SELECT id FROM report"));
        return world.get(tx -> reports.follow.find(tx, id).orElseThrow());
    }

    private Measure emergency() throws SQLException {
        var report = report();
        return world.get(tx -> parts.take.take(
                        tx, parts.started(tx, report), intention(MeasureKind.EMERGENCY), world.times.now()))
                .measures()
                .getFirst();
    }

    private Measure happened(Measure measure, MeasureEvent event) throws SQLException {
        return world.get(
                tx -> InvestigationParts.value(parts.take.happened(tx, measure, event, null, world.times.now())));
    }

    private Ruling<Measure> extended(Measure measure, @Nullable String decision) throws SQLException {
        return world.get(tx -> parts.take.happened(tx, measure, MeasureEvent.EXTENDED, decision, world.times.now()));
    }

    private static TakeMeasure.Intention intention(MeasureKind kind) {
        return new TakeMeasure.Intention(kind, List.of(), List.of(), true);
    }

    private void close() throws SQLException {
        TestDatabase.execute(world.database, "UPDATE case_file SET state = 'CLOSED', version = version + 1");
    }

    private String first(String sql) throws SQLException {
        return world.query(sql).getFirst();
    }
}
