package org.jikimi.screening.risk;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jikimi.screening.bulk.CopiedRows;
import org.jikimi.screening.model.Facts;
import org.jikimi.screening.model.Scorecard;
import org.jikimi.screening.reference.Lawful;

/**
 * How points are spread among the children of a district. Counting reads all of them, so a count is kept for a quarter of
 * an hour, as long as model, legal bases and day are the same.
 */
@ApplicationScoped
public class DistrictScores {
    private static final Duration KEPT = Duration.ofMinutes(15);

    private final ConcurrentHashMap<String, Spread> known = new ConcurrentHashMap<>();

    /** What points depend on beside the child. */
    private record Judged(String model, Lawful lawful, LocalDate day) {}

    private record Spread(Judged judged, Instant countedAt, TreeMap<Integer, Integer> children, int all) {
        boolean isGood(Judged now, Instant at) {
            return judged.equals(now) && countedAt.plus(KEPT).isAfter(at);
        }

        RiskView.Percentile of(int score) {
            int below = children.headMap(score).values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            return new RiskView.Percentile(all == 0 ? 0 : Math.round(1_000.0 * below / all) / 10.0, all, countedAt);
        }
    }

    /**
     * Where a child with these points stands.
     *
     * @param districtCode of a child in the registry
     * @param scorecard made ready for today
     * @param lawful what counts by it
     */
    RiskView.Percentile percentile(
            Connection tx,
            String districtCode,
            Scorecard scorecard,
            Lawful lawful,
            LocalDate today,
            Instant now,
            int score)
            throws SQLException {
        var judged = new Judged(scorecard.version(), lawful, today);
        var spread = known.get(districtCode);
        if (spread == null || !spread.isGood(judged, now)) {
            spread = count(tx, districtCode, scorecard, judged, now);
            known.put(districtCode, spread);
        }
        return spread.of(score);
    }

    private static Spread count(Connection tx, String districtCode, Scorecard scorecard, Judged judged, Instant now)
            throws SQLException {
        var children = new TreeMap<Integer, Integer>();
        int all = 0;
        try (var rows = CopiedRows.of(tx, """
                SELECT c.birth_date, c.family_type, s.mask, s.observed
                FROM child c JOIN child_state s ON s.child_id = c.id WHERE c.district_code = '%s' AND c.status = 'RESIDENT'
                  AND NOT EXISTS (SELECT 1 FROM child_alias a WHERE a.alias_id = c.id)""".formatted(districtCode))) {
            while (rows.next()) {
                var facts =
                        new Facts(rows.date(), String.valueOf(rows.text()), districtCode, rows.int8(), rows.shorts());
                children.merge(scorecard.score(facts), 1, Integer::sum);
                all++;
            }
        }
        return new Spread(judged, now, children, all);
    }
}
