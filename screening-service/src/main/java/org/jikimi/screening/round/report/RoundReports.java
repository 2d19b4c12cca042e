package org.jikimi.screening.round.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.event.Json;
import org.jikimi.screening.round.model.Round;

/** Counts what has become of a round. */
public final class RoundReports {
    private RoundReports() {}

    public static CoverageView coverage(Connection tx, Round round, LocalDate today) {
        return CoverageView.of(
                round,
                dongs(tx, round.id(), today),
                counts(tx, round.id(), "SELECT kind, count(*) FROM round_linked WHERE round_id = :round GROUP BY 1"),
                counts(tx, round.id(), ofFlags(round.id(), "outcome_now")),
                counts(tx, round.id(), ofFlags(round.id(), "determination")));
    }

    /** The report as it stands; of a closed round as it was kept. */
    public static ReportView report(Connection tx, Round round, LocalDate today) {
        return kept(tx, round.id()).orElseGet(() -> {
            var breakdowns = new LinkedHashMap<String, Map<String, Integer>>();
            for (var breakdown : Breakdown.of(round.plan().programme())) {
                breakdowns.put(breakdown.name(), counts(tx, round.id(), flaggedBy(round.id(), breakdown.column())));
            }
            return ReportView.of(round, coverage(tx, round, today), handedOn(tx, round.id()), breakdowns);
        });
    }

    /** Keeps the report of a round that has just been closed. */
    public static void keep(Connection tx, UUID roundId, ReportView report) {
        Sql.on(tx)
                .createUpdate("UPDATE round SET report = :report WHERE id = :round")
                .bind("report", new String(Json.write(report), UTF_8))
                .bind("round", roundId)
                .execute();
    }

    private static Optional<ReportView> kept(Connection tx, UUID roundId) {
        return Sql.on(tx)
                .createQuery("SELECT report FROM round WHERE id = :round AND report IS NOT NULL")
                .bind("round", roundId)
                .map((row, c) -> Json.read(row.getString(1).getBytes(UTF_8), ReportView.class))
                .findOne();
    }

    private static List<CoverageView.Area> dongs(Connection tx, UUID roundId, LocalDate today) {
        return Sql.on(tx)
                .createQuery(RoundList.coverage(roundId, today))
                .map((row, c) -> new CoverageView.Area(
                        row.getString("districtCode"),
                        row.getString("dongCode"),
                        row.getInt("flagged"),
                        row.getInt("backlog"),
                        row.getInt("planned"),
                        row.getInt("visited"),
                        row.getInt("seen"),
                        row.getInt("notLocated"),
                        row.getInt("refused"),
                        row.getInt("overdue"),
                        row.getInt("reported")))
                .list();
    }

    private static String flaggedBy(UUID round, String column) {
        return """
            SELECT %1$s AS code, count(*) FROM %2$s
            JOIN round_child c ON c.round_id = f.round_id AND c.household_id = f.household_id AND c.child_id = f.child_id
            LEFT JOIN LATERAL (SELECT * FROM visit_result r WHERE f.visited_at IS NOT NULL AND r.completed_at = f.visited_at
                               AND r.child_id = ANY (ARRAY(SELECT f.surviving_id UNION ALL
                                   SELECT o.alias_id FROM child_alias o WHERE o.child_id = f.surviving_id))
                               ORDER BY r.visit_id LIMIT 1) AS v ON true
            WHERE f.round_id = :round AND f.state <> 'BACKLOG' AND %1$s IS NOT NULL GROUP BY 1""".formatted(column, FlagsNow.of(round));
    }

    private static String ofFlags(UUID round, String column) {
        return "SELECT f.%1$s, count(*) FROM %2$s WHERE f.round_id = :round AND f.%1$s IS NOT NULL GROUP BY 1"
                .formatted(column, FlagsNow.of(round));
    }

    /** How many of the flagged children nobody has seen, less the dead. */
    private static int handedOn(Connection tx, UUID round) {
        return Sql.on(tx)
                .createQuery("SELECT count(*) FROM " + FlagsNow.of(round) + " WHERE " + FlagsNow.HANDED_ON)
                .mapTo(int.class)
                .one();
    }

    private static Map<String, Integer> counts(Connection tx, UUID roundId, String sql) {
        var counts = new TreeMap<String, Integer>();
        Sql.on(tx)
                .createQuery(sql)
                .bind("round", roundId)
                .map((row, c) -> Map.entry(row.getString(1), row.getInt(2)))
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }
}
