package org.jikimi.cases.investigation;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.cases.clock.ClockCode;
import org.jikimi.cases.clock.ClockStart;
import org.jikimi.cases.clock.RunClocks;
import org.jikimi.cases.report.FollowReports;
import org.jikimi.cases.report.Report;
import org.jikimi.cases.report.ReportState;
import org.jikimi.cases.support.Ruling;
import org.jikimi.cases.timeline.Chronicle;
import org.jikimi.runtime.db.KeyLocks;

/**
 * Starts an investigation with a report; all others of the child that nobody looks into yet join. The clocks until the
 * determination, and if one agency went alone until the other is notified, start.
 */
@ApplicationScoped
class StartInvestigation {
    private final Investigations investigations;
    private final FollowReports reports;
    private final RunClocks clocks;
    private final Chronicle chronicle;

    StartInvestigation(Investigations investigations, FollowReports reports, RunClocks clocks, Chronicle chronicle) {
        this.investigations = investigations;
        this.reports = reports;
        this.clocks = clocks;
        this.chronicle = chronicle;
    }

    /** The report, of whose child nobody else changes anything until the transaction ends. */
    Optional<Report> lock(Connection tx, UUID reportId) throws SQLException {
        var report = reports.find(tx, reportId);
        if (report.isPresent()) {
            KeyLocks.lock(tx, List.of(report.get().childId().toString()));
        }
        return reports.find(tx, reportId);
    }

    /** Expects a locked report. */
    Ruling<Investigation> start(Connection tx, Report report, Attendance attendance, Instant at) throws SQLException {
        if (report.state() != ReportState.RECEIVED) {
            return Ruling.broken(InvestigationRule.REPORT_ALREADY_INVESTIGATED);
        }
        var first = Suspicion.of(report);
        var joined = reports.join(tx, report.childId(), Investigation.idFor(first), at);
        var investigation = Investigation.started(first, Suspicion.of(joined), attendance, at);
        investigations.insert(tx, investigation);
        chronicle.tell(tx, InvestigationEvents.started(investigation, joined));
        clocks.start(tx, clock(investigation, ClockCode.DETERMINATION_DUE));
        if (attendance != Attendance.JOINT) {
            clocks.start(tx, clock(investigation, ClockCode.CROSS_NOTICE));
        }
        return Ruling.allowed(investigation);
    }

    private static ClockStart clock(Investigation investigation, ClockCode code) {
        return new ClockStart(
                code,
                investigation.id(),
                investigation.childId(),
                investigation.districtCode(),
                investigation.correlation(),
                investigation.startedAt());
    }
}
