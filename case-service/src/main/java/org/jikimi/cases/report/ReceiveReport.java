package org.jikimi.cases.report;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.cases.clock.ClockCode;
import org.jikimi.cases.clock.ClockStart;
import org.jikimi.cases.clock.RunClocks;
import org.jikimi.cases.support.Ids;
import org.jikimi.cases.timeline.Chronicle;
import org.jikimi.runtime.db.KeyLocks;
import org.jspecify.annotations.Nullable;

/**
 * Takes a suspicion in. It joins the investigation of the child if one is open; else the clock until somebody goes
 * there starts.
 */
@ApplicationScoped
public class ReceiveReport {
    private final Reports reports;
    private final RunClocks clocks;
    private final Chronicle chronicle;

    public ReceiveReport(Reports reports, RunClocks clocks, Chronicle chronicle) {
        this.reports = reports;
        this.clocks = clocks;
        this.chronicle = chronicle;
    }

    /**
     * What a visit found.
     *
     * @param flagId the flag of the child; null for a sibling who was not flagged
     * @param correlation the flag that led to the visit
     */
    public record Suspicion(
            UUID visitId,
            UUID childId,
            String districtCode,
            String dongCode,
            Urgency urgency,
            List<AbuseType> types,
            @Nullable UUID flagId,
            UUID correlation) {}

    /** A visit suspects abuse; the same visit and child are the same report. */
    public Report fromVisit(Connection tx, Suspicion suspicion, Instant now) throws SQLException {
        var report = new Report(
                Ids.of(suspicion.visitId(), "report/" + suspicion.childId()),
                1,
                ReportState.RECEIVED,
                suspicion.childId(),
                suspicion.districtCode(),
                suspicion.dongCode(),
                Channel.VISIT,
                suspicion.urgency(),
                suspicion.types(),
                suspicion.visitId(),
                suspicion.flagId(),
                null,
                List.of(),
                null,
                null,
                suspicion.correlation(),
                now);
        return receive(tx, report, Sealed.NOTHING);
    }

    /** Takes in a report that is new, or the same again. */
    Report receive(Connection tx, Report report, Sealed sealed) throws SQLException {
        KeyLocks.lock(tx, List.of(report.childId().toString()));
        var open = reports.ofChild(tx, report.childId()).stream()
                .filter(other -> other.state() == ReportState.UNDER_INVESTIGATION)
                .findFirst();
        var received =
                open.map(other -> report.receivedInto(investigationOf(other))).orElse(report);
        if (!reports.insert(tx, received, sealed)) {
            return reports.find(tx, report.id()).orElseThrow();
        }
        chronicle.tell(tx, ReportEvents.reported(received, null));
        if (received.state() == ReportState.RECEIVED) {
            clocks.start(
                    tx,
                    new ClockStart(
                            ClockCode.INVESTIGATION_START,
                            received.id(),
                            received.childId(),
                            received.districtCode(),
                            received.correlation(),
                            received.reportedAt()),
                    received.urgency().name());
        }
        return received;
    }

    private static UUID investigationOf(Report report) {
        return Objects.requireNonNull(report.investigationId());
    }
}
