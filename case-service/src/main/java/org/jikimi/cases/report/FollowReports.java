package org.jikimi.cases.report;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.cases.clock.RunClocks;
import org.jikimi.cases.move.Move;
import org.jikimi.cases.move.MoveRows;

/** What an investigation does with reports. Whoever calls holds the lock of the child. */
@ApplicationScoped
public class FollowReports {
    private final Reports reports;
    private final RunClocks clocks;

    public FollowReports(Reports reports, RunClocks clocks) {
        this.reports = reports;
        this.clocks = clocks;
    }

    public Optional<Report> find(Connection tx, UUID id) {
        return reports.find(tx, id);
    }

    public List<Report> ofInvestigation(Connection tx, UUID investigationId) {
        return reports.ofInvestigation(tx, investigationId);
    }

    /** All reports of the child that nobody looks into yet join; the clocks until somebody goes there stop. */
    public List<Report> join(Connection tx, UUID childId, UUID investigationId, Instant at) {
        var joined = new ArrayList<Report>();
        for (var report : reports.ofChild(tx, childId)) {
            if (report.state() == ReportState.RECEIVED) {
                var next = report.joining(investigationId);
                reports.update(tx, next);
                clocks.stop(tx, report.id(), at);
                joined.add(next);
            }
        }
        return List.copyOf(joined);
    }

    /** Reports that are not answered go with the child who moves. */
    public void follow(Connection tx, Move move) {
        MoveRows.follow(tx, move, "report", "state <> 'CLOSED'");
    }

    /** The reports of the investigation are answered. */
    public List<Report> determine(Connection tx, UUID investigationId, String determination) {
        var determined = reports.ofInvestigation(tx, investigationId).stream()
                .map(report -> report.determined(determination))
                .toList();
        determined.forEach(report -> reports.update(tx, report));
        return determined;
    }

    /** The other children whom the same visit suspects to be abused, and whose investigation is not over. */
    public List<UUID> suspectedTogetherWith(Connection tx, UUID investigationId, UUID childId) {
        return reports.ofInvestigation(tx, investigationId).stream()
                .flatMap(report -> Optional.ofNullable(report.visitId()).stream())
                .distinct()
                .flatMap(visit -> reports.ofVisit(tx, visit).stream())
                .filter(report -> report.state() != ReportState.CLOSED)
                .map(Report::childId)
                .filter(child -> !child.equals(childId))
                .distinct()
                .toList();
    }
}
