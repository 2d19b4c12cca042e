package org.jikimi.screening.source;

import java.sql.Array;
import java.sql.Connection;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jikimi.screening.reference.Indicators;
import org.jspecify.annotations.Nullable;

/** What sources have delivered, by indicator. A day on which nothing was taken is no day of delivery. */
final class Deliveries {
    private static final String ALL = """
            SELECT t.*, s.id AS silence_id
            FROM (SELECT source, bit, max(last_arrival_at) AS last_arrival_at,
                         coalesce(sum(accepted) FILTER (WHERE day BETWEEN :from AND :to), 0) AS accepted,
                         coalesce(sum(duplicates) FILTER (WHERE day BETWEEN :from AND :to), 0) AS duplicates,
                         coalesce(sum(rejected) FILTER (WHERE day BETWEEN :from AND :to), 0) AS rejected,
                         ARRAY(SELECT day FROM source_day AS n
                               WHERE n.source = d.source AND n.bit = d.bit AND n.accepted + n.duplicates > 0
                               ORDER BY day DESC LIMIT :newest) AS days
                  FROM source_day AS d WHERE CAST(:source AS text) IS NULL OR source = :source
                  GROUP BY source, bit) AS t
            LEFT JOIN source_silence s ON s.source = t.source AND s.bit = t.bit AND s.last_received_on = t.days[1]
            ORDER BY t.source, t.bit < 0, t.bit""";
    private static final String REJECTIONS = """
            SELECT source, bit, code, sum(lines) AS lines FROM source_rejection
            WHERE day BETWEEN :from AND :to AND (CAST(:source AS text) IS NULL OR source = :source)
            GROUP BY source, bit, code""";
    private static final String FALL_SILENT = """
            INSERT INTO source_silence (source, bit, last_received_on, id, found_at)
            VALUES (:source, :bit, :last, :id, :now) ON CONFLICT DO NOTHING""";

    private Deliveries() {}

    /** A source, and the bit of an indicator or {@link SourceTally#UNASSIGNED}. */
    record Key(String source, int bit) {
        String indicator() {
            return bit < 0 ? SourceView.UNASSIGNED : Indicators.all().get(bit).code();
        }
    }

    /**
     * What a source delivered of an indicator.
     *
     * @param days its newest days of delivery, the newest first; none where nothing was ever taken
     * @param rejections rejected lines by code
     * @param silenceId the silence that was told since its last delivery; null for none
     */
    record Delivery(
            Key key,
            Instant lastArrivalAt,
            long accepted,
            long duplicates,
            long rejected,
            List<LocalDate> days,
            Map<String, Long> rejections,
            @Nullable UUID silenceId) {}

    /**
     * Of every source and indicator, by source and bit, with what names no indicator last; lines are counted from one day
     * to another, both included.
     *
     * @param source the only one; null for all
     */
    static List<Delivery> of(Connection tx, @Nullable String source, LocalDate from, LocalDate to) {
        var rejections = rejections(tx, source, from, to);
        return Sql.on(tx)
                .createQuery(ALL)
                .bind("newest", SilenceRule.NEWEST)
                .bind("source", source)
                .bind("from", from)
                .bind("to", to)
                .map((row, c) -> {
                    var key = new Key(row.getString("source"), row.getInt("bit"));
                    return new Delivery(
                            key,
                            row.getTimestamp("last_arrival_at").toInstant(),
                            row.getLong("accepted"),
                            row.getLong("duplicates"),
                            row.getLong("rejected"),
                            days(row.getArray("days")),
                            rejections.getOrDefault(key, Map.of()),
                            row.getObject("silence_id", UUID.class));
                })
                .list();
    }

    private static Map<Key, Map<String, Long>> rejections(
            Connection tx, @Nullable String source, LocalDate from, LocalDate to) {
        var rejections = new HashMap<Key, Map<String, Long>>();
        Sql.on(tx)
                .createQuery(REJECTIONS)
                .bind("source", source)
                .bind("from", from)
                .bind("to", to)
                .map((row, c) -> rejections
                        .computeIfAbsent(new Key(row.getString("source"), row.getInt("bit")), key -> new TreeMap<>())
                        .put(row.getString("code"), row.getLong("lines")))
                .list();
        return rejections;
    }

    private static List<LocalDate> days(Array days) throws SQLException {
        return Arrays.stream((Date[]) days.getArray()).map(Date::toLocalDate).toList();
    }

    /** Remembers that a source has fallen silent since a delivery. Answers false if that was known. */
    static boolean fallSilent(Connection tx, Key key, LocalDate lastReceivedOn, UUID id, Instant now) {
        return Sql.on(tx)
                        .createUpdate(FALL_SILENT)
                        .bind("source", key.source())
                        .bind("bit", key.bit())
                        .bind("last", lastReceivedOn)
                        .bind("id", id)
                        .bind("now", Timestamp.from(now))
                        .execute()
                == 1;
    }
}
