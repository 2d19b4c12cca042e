package org.jikimi.screening.round.report;

import java.time.LocalDate;
import java.util.UUID;
import org.jikimi.screening.export.ExportFormat;
import org.jikimi.screening.flag.Reasons;
import org.jspecify.annotations.Nullable;

/** The lists of a round that can be taken out whole, as rows of a query. */
enum RoundList {
    /** Flags and backlog, by dong and rank. */
    FLAGS("""
            SELECT f.id AS "flagId", f.state, f.child_id AS "childId", f.household_id AS "householdId",
                   f.district_code AS "districtCode", f.dong_code AS "dongCode", f.rank, f.score, %s AS reasons,
                   f.model_version AS "modelVersion", f.as_of AS "asOf", f.flagged_at AS "flaggedAt",
                   f.promoted_at AS "promotedAt", f.due_on AS "dueOn", f.visited_at AS "visitedAt",
                   f.outcome_now AS outcome, f.seen_now AS seen,
                   f.report_id IS NOT NULL AS reported, f.determination
            FROM %s %s ORDER BY f.dong_code, f.rank"""),
    /** Those linked to what somebody does for them already. */
    LINKED("""
            SELECT child_id AS "childId", household_id AS "householdId", district_code AS "districtCode",
                   dong_code AS "dongCode", score, kind, ref
            FROM round_linked WHERE round_id = '%s' ORDER BY child_id"""),
    /** How far it has reached in each dong 행정동. */
    COVERAGE("""
            SELECT district_code AS "districtCode", dong_code AS "dongCode",
                   count(*) FILTER (WHERE state <> 'BACKLOG') AS flagged,
                   count(*) FILTER (WHERE state = 'BACKLOG') AS backlog,
                   count(planned_at) AS planned, count(visited_at) AS visited,
                   count(*) FILTER (WHERE seen_now) AS seen,
                   count(*) FILTER (WHERE outcome_now = 'UNLOCATED' AND NOT seen_now AND NOT located_since) AS "notLocated",
                   count(*) FILTER (WHERE outcome_now = 'REFUSED' AND NOT seen_now) AS refused,
                   count(*) FILTER (WHERE awaited AND awaited_by < DATE '%2$s') AS overdue,
                   count(report_id) AS reported
            FROM %1$s GROUP BY district_code, dong_code ORDER BY district_code, dong_code""");

    private final String query;

    RoundList(String query) {
        this.query = query;
    }

    /**
     * The query of all its rows.
     *
     * @param state of the flags; null for all
     * @param today from which on a visit is overdue that was to be made before
     */
    String rows(UUID round, @Nullable FlagState state, LocalDate today, ExportFormat format) {
        return switch (this) {
            case FLAGS ->
                query.formatted(
                        format == ExportFormat.NDJSON ? Reasons.asJson("f.reasons") : "f.reasons",
                        FlagsNow.of(round),
                        state == null ? "" : "WHERE f.state = '" + state + "'");
            case LINKED -> query.formatted(round);
            case COVERAGE -> coverage(round, today);
        };
    }

    /** The query of how far a round has reached in each dong. */
    static String coverage(UUID round, LocalDate today) {
        return COVERAGE.query.formatted(FlagsNow.of(round), today);
    }

    /** The states by which flags can be listed. */
    enum FlagState {
        FLAGGED,
        BACKLOG,
        VISITED,
        CLOSED
    }
}
