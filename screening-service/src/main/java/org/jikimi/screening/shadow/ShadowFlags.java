package org.jikimi.screening.shadow;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jikimi.runtime.db.CopyRows;
import org.jikimi.runtime.db.Sql;
import org.jikimi.screening.export.ExportFormat;
import org.jikimi.screening.flag.Reasons;
import org.jikimi.screening.model.Scorecard;
import org.jikimi.screening.model.ScorecardDocument;
import org.jikimi.screening.round.ReplayRound;
import org.jikimi.screening.round.ReplayRound.Screened;
import org.jikimi.screening.shadow.ShadowView.OnlyOne;
import org.jspecify.annotations.Nullable;

/** Whom a round's shadow would have flagged, beside whom the round flagged when it was screened. */
final class ShadowFlags {
    /** Whom the screening flagged; who moved up from the backlog later was flagged by nobody's points. */
    private static final String CHAMPIONS = "state <> 'BACKLOG' AND promoted_at IS NULL";

    private static final String BOTH = """
            SELECT child_id, coalesce(c.district_code, s.district_code) AS district,
                   c.child_id IS NOT NULL AS champion, s.child_id IS NOT NULL AS shadow
            FROM (SELECT child_id, district_code FROM flag WHERE round_id = :round AND %s) AS c
            FULL JOIN (SELECT child_id, district_code FROM shadow_flag WHERE round_id = :round) AS s USING (child_id)""".formatted(CHAMPIONS);

    private static final String ONLY_CHAMPION = """
            SELECT child_id, district_code, dong_code, score, rank, reasons FROM flag AS f
            WHERE round_id = :round AND %s
              AND NOT EXISTS (SELECT 1 FROM shadow_flag s WHERE s.round_id = f.round_id AND s.child_id = f.child_id)""".formatted(CHAMPIONS);

    private static final String ONLY_SHADOW = """
            SELECT child_id, district_code, dong_code, score, rank, reasons FROM shadow_flag AS s
            WHERE round_id = :round AND NOT EXISTS (
                SELECT 1 FROM flag f WHERE f.round_id = s.round_id AND f.child_id = s.child_id AND %s)""".formatted(CHAMPIONS);

    private ShadowFlags() {}

    /** A child whom one of them flagged, or both. */
    record Flagged(UUID childId, String districtCode, boolean byChampion, boolean byShadow) {}

    /** Candidates of the shadow whose dong could visit no more. */
    static int backlog(Connection tx, UUID roundId) {
        return Sql.on(tx)
                .createQuery("SELECT backlog FROM shadow_screening WHERE round_id = :round")
                .bind("round", roundId)
                .mapTo(int.class)
                .one();
    }

    static boolean areThere(Connection tx, UUID roundId) {
        return Sql.on(tx)
                .createQuery("SELECT EXISTS (SELECT 1 FROM shadow_screening WHERE round_id = :round)")
                .bind("round", roundId)
                .mapTo(boolean.class)
                .one();
    }

    /** Screens a round by its shadow and keeps whom it would have flagged. */
    static Screened add(Connection tx, ReplayRound round, ScorecardDocument shadow, Instant now) throws SQLException {
        var scorecard = new Scorecard(shadow, round.asOf(), round.lawful());
        var flagged = new ArrayList<Ranked>();
        var screened = round.screen(shadow, (child, rank) -> flagged.add(new Ranked(child, rank)));
        Sql.on(tx)
                .createUpdate("INSERT INTO shadow_screening (round_id, flagged, backlog, screened_at) "
                        + "VALUES (:round, :flagged, :backlog, :now)")
                .bind("round", round.id())
                .bind("flagged", screened.flagged())
                .bind("backlog", screened.backlog())
                .bind("now", now)
                .execute();
        try (var rows = CopyRows.into(
                tx, "shadow_flag", "round_id", "child_id", "district_code", "dong_code", "score", "rank", "reasons")) {
            for (var place : flagged) {
                var child = place.child();
                rows.row()
                        .uuid(round.id())
                        .uuid(child.childId())
                        .text(child.facts().districtCode())
                        .text(child.dongCode())
                        .int4(child.score())
                        .int4(place.rank())
                        .text(Reasons.write(Reasons.of(scorecard.reasons(child.facts()))));
            }
            rows.finish();
        }
        return screened;
    }

    private record Ranked(ReplayRound.Flagged child, int rank) {}

    /** Tells every child whom either flagged. */
    static void both(Connection tx, UUID roundId, Consumer<Flagged> each) {
        Sql.on(tx)
                .createQuery(BOTH)
                .bind("round", roundId)
                .map((row, c) -> new Flagged(
                        row.getObject("child_id", UUID.class),
                        row.getString("district"),
                        row.getBoolean("champion"),
                        row.getBoolean("shadow")))
                .forEach(each);
    }

    /**
     * A part of those whom one alone flagged, by their ids.
     *
     * @param byShadow the shadow alone, or else the champion
     * @param after null for the beginning
     */
    static List<OnlyOne> onlyOne(Connection tx, UUID roundId, boolean byShadow, @Nullable UUID after, int limit) {
        return Sql.on(tx)
                .createQuery((byShadow ? ONLY_SHADOW : ONLY_CHAMPION)
                        + " AND (CAST(:after AS uuid) IS NULL OR child_id > CAST(:after AS uuid))"
                        + " ORDER BY child_id LIMIT :limit")
                .bind("round", roundId)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, c) -> onlyOne(row))
                .list();
    }

    /** The query of all whom one alone flagged, by their ids, as a list that is taken out whole. */
    static String onlyOne(UUID roundId, boolean byShadow, ExportFormat format) {
        return """
                SELECT child_id AS "childId", district_code AS "districtCode", dong_code AS "dongCode", score, rank,
                       %s AS reasons
                FROM (%s) AS one ORDER BY child_id""".formatted(
                        format == ExportFormat.NDJSON ? Reasons.asJson("one.reasons") : "one.reasons",
                        (byShadow ? ONLY_SHADOW : ONLY_CHAMPION).replace(":round", "'" + roundId + "'"));
    }

    private static OnlyOne onlyOne(ResultSet row) throws SQLException {
        return new OnlyOne(
                row.getObject("child_id", UUID.class),
                row.getString("district_code"),
                row.getString("dong_code"),
                row.getInt("score"),
                row.getInt("rank"),
                Reasons.read(row.getString("reasons")));
    }
}
