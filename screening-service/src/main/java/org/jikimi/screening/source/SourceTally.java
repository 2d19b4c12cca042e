package org.jikimi.screening.source;

import java.sql.Connection;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import org.jikimi.runtime.time.Seoul;
import org.jikimi.screening.reference.Indicators;
import org.jspecify.annotations.Nullable;

/**
 * Counts the lines of one chunk by indicator, and adds them to the day on which its source sent them. Not for several
 * threads.
 */
public final class SourceTally {
    /** Stands in the place of an indicator's bit for rejected lines that name none of the catalogue. */
    static final int UNASSIGNED = -1;

    private static final String ADD = """
            INSERT INTO source_day AS d (source, bit, day, accepted, duplicates, rejected, last_arrival_at)
            SELECT ?, n.bit, ?, n.accepted, n.duplicates, n.rejected, ?
            FROM unnest(?::smallint[], ?::bigint[], ?::bigint[], ?::bigint[]) AS n (bit, accepted, duplicates, rejected)
            ON CONFLICT (source, bit, day) DO UPDATE SET accepted = d.accepted + excluded.accepted,
                duplicates = d.duplicates + excluded.duplicates, rejected = d.rejected + excluded.rejected,
                last_arrival_at = greatest(d.last_arrival_at, excluded.last_arrival_at)""";
    private static final String ADD_CODES = """
            INSERT INTO source_rejection AS r (source, bit, day, code, lines)
            SELECT ?, n.bit, ?, n.code, n.lines FROM unnest(?::smallint[], ?::text[], ?::bigint[]) AS n (bit, code, lines)
            ON CONFLICT (source, bit, day, code) DO UPDATE SET lines = r.lines + excluded.lines""";

    /** By bit: all transactions then come by the rows of a day in one order, and cannot wait for each other in a ring. */
    private final Map<Integer, Lines> byBit = new TreeMap<>();

    /** What became of the lines that name one indicator. */
    private static final class Lines {
        private long accepted;
        private long duplicates;
        private final Map<String, Long> rejected = new TreeMap<>();

        private long allRejected() {
            return rejected.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    public void accepted(int bit) {
        of(bit).accepted++;
    }

    /** Counts a line that said what was known. */
    public void duplicate(int bit) {
        of(bit).duplicates++;
    }

    /**
     * Counts lines that were not taken.
     *
     * @param indicator code of the indicator that they name; null if they name none of the catalogue
     * @param code why they were not taken
     */
    public void rejected(@Nullable String indicator, String code, long lines) {
        int bit = indicator == null
                ? UNASSIGNED
                : Indicators.of(indicator).orElseThrow().bit();
        of(bit).rejected.merge(code, lines, Long::sum);
    }

    private Lines of(int bit) {
        return byBit.computeIfAbsent(bit, b -> new Lines());
    }

    /** Adds what was counted to the day in Seoul on which it arrived: one statement, and one more if lines were rejected. */
    public void addTo(Connection tx, String source, Instant arrivedAt) throws SQLException {
        if (byBit.isEmpty()) {
            return;
        }
        var day = Date.valueOf(Seoul.dateOf(arrivedAt));
        try (var add = tx.prepareStatement(ADD)) {
            add.setString(1, source);
            add.setDate(2, day);
            add.setTimestamp(3, Timestamp.from(arrivedAt));
            add.setArray(4, tx.createArrayOf("smallint", byBit.keySet().toArray()));
            var lines = byBit.values();
            add.setArray(
                    5,
                    tx.createArrayOf(
                            "bigint", lines.stream().map(l -> l.accepted).toArray()));
            add.setArray(
                    6,
                    tx.createArrayOf(
                            "bigint", lines.stream().map(l -> l.duplicates).toArray()));
            add.setArray(
                    7,
                    tx.createArrayOf(
                            "bigint", lines.stream().map(Lines::allRejected).toArray()));
            add.execute();
        }
        addCodes(tx, source, day);
    }

    private void addCodes(Connection tx, String source, Date day) throws SQLException {
        var bits = new ArrayList<Integer>();
        var codes = new ArrayList<String>();
        var counts = new ArrayList<Long>();
        byBit.forEach((bit, lines) -> lines.rejected.forEach((code, count) -> {
            bits.add(bit);
            codes.add(code);
            counts.add(count);
        }));
        if (codes.isEmpty()) {
            return;
        }
        try (var add = tx.prepareStatement(ADD_CODES)) {
            add.setString(1, source);
            add.setDate(2, day);
            add.setArray(3, tx.createArrayOf("smallint", bits.toArray()));
            add.setArray(4, tx.createArrayOf("text", codes.toArray()));
            add.setArray(5, tx.createArrayOf("bigint", counts.toArray()));
            add.execute();
        }
    }
}
