package org.jikimi.screening.outcome;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Joins to each flag what became of it, and keeps the list of children somebody works for. Ends in the same state in
 * whatever order it hears: of one thing the higher version stands. Every method answers whether anything changed.
 */
@ApplicationScoped
public class JoinOutcome {
    public static final Set<String> OUTCOMES =
            Set.of("SAFE", "WELFARE_NEED", "SUSPECTED_ABUSE", "REFUSED", "UNLOCATED", "ABROAD", "MOVED", "DECEASED");
    public static final Set<String> REPORT_STATES = Set.of("RECEIVED", "UNDER_INVESTIGATION", "CLOSED");
    public static final Set<String> DETERMINATIONS = Set.of("ABUSE", "GENERAL_CASE", "UNFOUNDED");

    /** After these the child keeps an owner until seen. */
    private static final Set<String> NOT_REACHED = Set.of("REFUSED", "UNLOCATED", "ABROAD");

    public boolean visitPlanned(
            Connection tx, UUID visit, UUID child, long version, @Nullable UUID flag, Instant plannedAt)
            throws SQLException {
        boolean changed = work(tx, child, "VISIT", visit, version, true);
        if (flag == null) {
            return changed;
        }
        var jdbi = Jdbi.open(tx);
        int first = jdbi.createUpdate("UPDATE flag SET planned_at = least(planned_at, :at) "
                        + "WHERE id = :flag AND (planned_at IS NULL OR planned_at > :at)")
                .bind("at", plannedAt)
                .bind("flag", flag)
                .execute();
        jdbi.createUpdate("UPDATE round SET state = 'TRACKING', version = version + 1 "
                        + "WHERE id = (SELECT round_id FROM flag WHERE id = :flag) AND state = 'SCREENED' "
                        + "AND work IS NULL")
                .bind("flag", flag)
                .execute();
        return changed || first > 0;
    }

    public boolean visitCompleted(
            Connection tx,
            UUID visit,
            UUID child,
            long version,
            @Nullable UUID flag,
            String outcome,
            boolean seen,
            Instant completedAt)
            throws SQLException {
        work(tx, child, "VISIT", visit, version, !seen && NOT_REACHED.contains(outcome));
        var jdbi = Jdbi.open(tx);
        int kept = jdbi.createUpdate("INSERT INTO visit_result "
                        + "(visit_id, child_id, version, flag_id, outcome, seen, completed_at) "
                        + "VALUES (:visit, :child, :version, CAST(:flag AS uuid), :outcome, :seen, :at) "
                        + "ON CONFLICT (visit_id, child_id) DO UPDATE SET version = excluded.version, "
                        + "flag_id = excluded.flag_id, outcome = excluded.outcome, seen = excluded.seen, "
                        + "completed_at = excluded.completed_at WHERE excluded.version > visit_result.version")
                .bind("visit", visit)
                .bind("child", child)
                .bind("version", version)
                .bind("flag", flag)
                .bind("outcome", outcome)
                .bind("seen", seen)
                .bind("at", completedAt)
                .execute();
        if (kept == 0) {
            return false;
        }
        if (flag != null) {
            jdbi.createUpdate("UPDATE flag SET state = 'VISITED', version = version + 1, visited_at = :at, "
                            + "outcome = :outcome, seen = seen OR :seen "
                            + "WHERE id = :flag AND (visited_at IS NULL OR visited_at <= :at)")
                    .bind("at", completedAt)
                    .bind("outcome", outcome)
                    .bind("seen", seen)
                    .bind("flag", flag)
                    .execute();
        }
        return true;
    }

    public boolean reported(Connection tx, UUID report, UUID child, long version, boolean open, @Nullable UUID flag)
            throws SQLException {
        boolean changed = work(tx, child, "REPORT", report, version, open);
        if (flag != null) {
            Jdbi.open(tx)
                    .createUpdate("UPDATE flag SET report_id = least(report_id, :report) WHERE id = :flag")
                    .bind("report", report)
                    .bind("flag", flag)
                    .execute();
        }
        return changed;
    }

    public boolean determined(Connection tx, UUID child, List<UUID> reports, String determination, @Nullable UUID flag)
            throws SQLException {
        boolean changed = false;
        for (var report : reports) {
            changed |= work(tx, child, "REPORT", report, Long.MAX_VALUE, false);
        }
        if (flag != null) {
            changed |= Jdbi.open(tx)
                            .createUpdate("UPDATE flag SET determination = :determination "
                                    + "WHERE id = :flag AND determination IS DISTINCT FROM :determination")
                            .bind("determination", determination)
                            .bind("flag", flag)
                            .execute()
                    > 0;
        }
        return changed;
    }

    public boolean caseIs(Connection tx, UUID caseFile, UUID child, long version, boolean open) throws SQLException {
        return work(tx, child, "CASE", caseFile, version, open);
    }

    private static boolean work(Connection tx, UUID child, String kind, UUID ref, long version, boolean open) {
        return Jdbi.open(tx)
                        .createUpdate("INSERT INTO open_work (child_id, kind, ref, version, open) "
                                + "VALUES (:child, :kind, :ref, :version, :open) "
                                + "ON CONFLICT (child_id, kind, ref) DO UPDATE "
                                + "SET version = excluded.version, open = excluded.open "
                                + "WHERE excluded.version > open_work.version")
                        .bind("child", child)
                        .bind("kind", kind)
                        .bind("ref", ref)
                        .bind("version", version)
                        .bind("open", open)
                        .execute()
                > 0;
    }
}
