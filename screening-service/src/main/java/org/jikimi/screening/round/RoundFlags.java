package org.jikimi.screening.round;

import java.sql.Connection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jikimi.screening.flag.Flag;
import org.jikimi.screening.flag.Flags;
import org.jikimi.screening.flag.Reasons;
import org.jspecify.annotations.Nullable;

/** The flags of a round, and what has become of them. */
final class RoundFlags {
    private static final String COVERAGE = """
            SELECT district_code, count(*) FILTER (WHERE state <> 'BACKLOG') AS flagged,
                   count(*) FILTER (WHERE state = 'BACKLOG') AS backlog,
                   count(planned_at) AS planned, count(visited_at) AS visited,
                   count(*) FILTER (WHERE seen) AS seen, count(report_id) AS reported
            FROM flag WHERE round_id = :round GROUP BY district_code ORDER BY district_code""";

    private RoundFlags() {}

    /** What screening alone decides of each flag. */
    static Set<String> fingerprints(List<Flag> flags) {
        var prints = new HashSet<String>();
        for (var flag : flags) {
            prints.add(String.join(
                    "|",
                    flag.id().toString(),
                    flag.childId().toString(),
                    String.valueOf(flag.rank()),
                    String.valueOf(flag.score()),
                    Reasons.write(flag.reasons()),
                    String.valueOf(flag.state().equals(Flag.BACKLOG)),
                    flag.flaggedAt().toString()));
        }
        return prints;
    }

    static Set<String> fingerprints(Connection tx, UUID roundId) {
        return fingerprints(Jdbi.open(tx)
                .createQuery("SELECT * FROM flag WHERE round_id = :round")
                .bind("round", roundId)
                .map((row, c) -> Flags.flag(row))
                .list());
    }

    /**
     * A part of the list, by dong and rank.
     *
     * @param state null for all
     */
    static List<Flag> page(
            Connection tx, UUID roundId, @Nullable String state, String afterDong, int afterRank, int limit) {
        return Jdbi.open(tx)
                .createQuery("SELECT * FROM flag WHERE round_id = :round "
                        + "AND (CAST(:state AS text) IS NULL OR state = :state) "
                        + "AND (dong_code, rank) > (:dong, :rank) ORDER BY dong_code, rank LIMIT :limit")
                .bind("round", roundId)
                .bind("state", state)
                .bind("dong", afterDong)
                .bind("rank", afterRank)
                .bind("limit", limit)
                .map((row, c) -> Flags.flag(row))
                .list();
    }

    static List<CoverageView.District> districts(Connection tx, UUID roundId) {
        return Jdbi.open(tx)
                .createQuery(COVERAGE)
                .bind("round", roundId)
                .map((row, c) -> new CoverageView.District(
                        row.getString("district_code"),
                        row.getInt("flagged"),
                        row.getInt("backlog"),
                        row.getInt("planned"),
                        row.getInt("visited"),
                        row.getInt("seen"),
                        row.getInt("reported")))
                .list();
    }

    /** How many flags of the round have each outcome. */
    static Map<String, Integer> outcomes(Connection tx, UUID roundId) {
        return counts(tx, roundId, "outcome");
    }

    static Map<String, Integer> determinations(Connection tx, UUID roundId) {
        return counts(tx, roundId, "determination");
    }

    private static Map<String, Integer> counts(Connection tx, UUID roundId, String column) {
        var counts = new TreeMap<String, Integer>();
        Jdbi.open(tx)
                .createQuery("SELECT " + column + ", count(*) FROM flag WHERE round_id = :round AND " + column
                        + " IS NOT NULL GROUP BY 1")
                .bind("round", roundId)
                .map((row, c) -> Map.entry(row.getString(1), row.getInt(2)))
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }
}
