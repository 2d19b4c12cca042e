package org.jikimi.cases.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jikimi.cases.TestWorld;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Suspicions of abuse, on a real database. */
class ReportTest {
    private static final UUID CHILD = TestWorld.id(1);
    private static final UUID INVESTIGATION = TestWorld.id(50);

    private TestWorld world;
    private ReportParts parts;

    @BeforeEach
    void start() throws SQLException {
        world = new TestWorld();
        parts = new ReportParts(world);
    }

    @Test
    void aReportStartsTheClockOfItsUrgencyAndIsItsOwnCorrelation() throws SQLException {
        var report = world.get(tx -> parts.by112(tx, CHILD, Urgency.EMERGENCY));

        assertThat(world.query("SELECT code || ' ' || (due_at - started_at) FROM legal_clock"))
                .containsExactly("INVESTIGATION_START 02:00:00");
        assertThat(report.correlation()).isEqualTo(report.id());
        assertThat(world.events("AbuseReported", "state")).containsExactly("RECEIVED");
    }

    @Test
    void allReportsOfAChildJoinTheInvestigationThatStarts() throws SQLException {
        world.run(tx -> parts.by112(tx, CHILD, Urgency.URGENT));
        world.run(tx -> parts.by112(tx, CHILD, Urgency.ORDINARY));

        var joined = world.get(tx -> parts.follow.join(tx, CHILD, INVESTIGATION, world.times.now()));

        assertThat(joined).hasSize(2).allMatch(report -> report.version() == 2);
        assertThat(world.query("SELECT DISTINCT state FROM legal_clock")).containsExactly("STOPPED");
    }

    @Test
    void aReportDuringAnInvestigationJoinsItWithoutAClock() throws SQLException {
        world.run(tx -> parts.by112(tx, CHILD, Urgency.URGENT));
        world.run(tx -> parts.follow.join(tx, CHILD, INVESTIGATION, world.times.now()));

        var late = world.get(tx -> parts.by112(tx, CHILD, Urgency.EMERGENCY));

        assertThat(late.investigationId()).isEqualTo(INVESTIGATION);
        assertThat(late.state()).isEqualTo(ReportState.UNDER_INVESTIGATION);
        assertThat(world.query("SELECT count(*) FROM legal_clock")).containsExactly("1");
    }

    @Test
    void theSameVisitAndChildAreTheSameReport() throws SQLException {
        var suspicion = new ReceiveReport.Suspicion(
                TestWorld.id(7), CHILD, "11350", "1135056000", Urgency.URGENT, List.of(), null, TestWorld.id(8));

        world.run(tx -> parts.receive.fromVisit(tx, suspicion, world.times.now()));
        world.run(tx -> parts.receive.fromVisit(tx, suspicion, world.times.now()));

        assertThat(world.events("AbuseReported", "visitId"))
                .containsExactly(TestWorld.id(7).toString());
    }

    @Test
    void reporterAndNarrativeAreStoredEncryptedAndStandInNoEvent() throws SQLException {
        var sealed = new Sealed("{\"name\":\"Marked Reporter\"}", "marked narrative");

        var report = world.get(tx -> parts.by112(tx, CHILD, Urgency.URGENT, sealed));

        assertThat(world.query("SELECT encode(reporter, 'escape') || encode(narrative, 'escape') FROM report")
                        .getFirst())
                .doesNotContainIgnoringCase("marked");
        assertThat(world.query("SELECT headers || convert_from(payload, 'UTF8') FROM outbox"))
                .noneMatch(event -> event.contains("arked"));
        assertThat((Object) world.get(tx -> parts.reports.open(tx, report.id())))
                .isEqualTo(sealed);
        assertThat(sealed.toString()).doesNotContain("arked");
    }
}
