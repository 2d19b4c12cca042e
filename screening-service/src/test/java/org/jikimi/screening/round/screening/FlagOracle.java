package org.jikimi.screening.round.screening;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jikimi.screening.World;
import org.jikimi.screening.model.Models;
import org.jikimi.screening.reference.Indicators;

/** Says by one query over the raw signals, sharing no code with the service, whom a quarterly round must flag. */
final class FlagOracle {
    private FlagOracle() {}

    /** {@code child score rank selected} of each candidate. */
    static List<String> expected(World world, LocalDate asOf) throws SQLException {
        var model = Models.shipped();
        var indicators = model.indicators().stream()
                .map(weight -> {
                    var indicator = Indicators.of(weight.code()).orElseThrow();
                    return "(%d, '%s', %b, %d, %d)"
                            .formatted(
                                    indicator.bit(),
                                    indicator.code(),
                                    indicator.ofHousehold(),
                                    indicator.validityDays(),
                                    weight.points());
                })
                .collect(Collectors.joining(", "));
        var families = model.familyTypes().stream()
                .map(type -> "('%s', %d, %d)"
                        .formatted(
                                type.code(),
                                type.points(),
                                type.sameFactAs() == null
                                        ? -1
                                        : Indicators.of(type.sameFactAs())
                                                .orElseThrow()
                                                .bit()))
                .collect(Collectors.joining(", "));
        var regions = model.regions().stream()
                .map(region -> "('%s', %d)".formatted(region.code(), region.points()))
                .collect(Collectors.joining(", "));
        var ages = model.ageBands().stream()
                .map(band -> "(%d, %d, %d)".formatted(band.fromMonths(), band.toMonths(), band.points()))
                .collect(Collectors.joining(", "));
        return world.query(query(indicators, families, regions, ages, asOf, model.threshold()));
    }

    static List<String> actual(World world, UUID round) throws SQLException {
        return world.query("SELECT child_id || ' ' || score || ' ' || rank || ' ' || (state <> 'BACKLOG') FROM flag "
                + "WHERE round_id = '" + round + "' ORDER BY child_id");
    }

    private static String query(
            String indicators, String families, String regions, String ages, LocalDate asOf, int threshold) {
        return """
            WITH indicator (bit, code, of_household, validity, points) AS (VALUES %1$s),
            family (code, points, bit) AS (VALUES %2$s),
            region (code, points) AS (VALUES %3$s),
            age (from_months, to_months, points) AS (VALUES %4$s),
            said AS (
                SELECT DISTINCT ON (source, signal_id) * FROM signal_raw
                ORDER BY source, signal_id, batch_id DESC, line DESC),
            standing AS (
                SELECT DISTINCT c.id, i.bit, i.points
                FROM said s JOIN indicator i USING (bit)
                LEFT JOIN child_identifier n ON n.mac = s.subject
                LEFT JOIN household h ON h.mac = s.subject
                JOIN child c ON CASE WHEN i.of_household THEN c.household_id = h.id ELSE c.id = n.child_id END
                WHERE s.observed_on <= DATE '%5$s' AND s.observed_on > DATE '%5$s' - i.validity
                  AND (s.cleared_on IS NULL OR s.cleared_on > DATE '%5$s')),
            scored AS (
                SELECT c.id, c.household_id, c.dong_code,
                       coalesce((SELECT sum(points) FROM standing s WHERE s.id = c.id), 0)
                       + coalesce(f.points, 0)
                       - coalesce((SELECT least(s.points, f.points) FROM standing s
                                   WHERE s.id = c.id AND s.bit = f.bit), 0)
                       + coalesce((SELECT points FROM region r WHERE r.code = c.district_code), 0)
                       + coalesce((SELECT points FROM age a
                                   WHERE c.birth_date > DATE '%5$s' - make_interval(months => a.to_months)
                                     AND c.birth_date <= DATE '%5$s' - make_interval(months => a.from_months)), 0)
                       AS score
                FROM child c LEFT JOIN family f ON f.code = c.family_type
                WHERE c.birth_date <= DATE '%5$s' AND c.birth_date > DATE '%5$s' - interval '18 years'
                  AND NOT EXISTS (SELECT 1 FROM flag g WHERE g.child_id = c.id AND g.round_id IS NULL)),
            ranked AS (
                SELECT *, row_number() OVER (PARTITION BY dong_code ORDER BY score DESC, id) AS rank
                FROM scored WHERE score >= %6$d),
            visit AS (
                SELECT dong_code, household_id, row_number() OVER (PARTITION BY dong_code ORDER BY min(rank)) AS nr
                FROM ranked GROUP BY dong_code, household_id)
            SELECT r.id || ' ' || r.score || ' ' || r.rank || ' ' || (v.nr <= d.visits_per_round)
            FROM ranked r JOIN visit v USING (dong_code, household_id) JOIN dong_capacity d USING (dong_code)
            ORDER BY r.id""".formatted(indicators, families, regions, ages, asOf, threshold);
    }
}
