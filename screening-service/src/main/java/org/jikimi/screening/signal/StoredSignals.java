package org.jikimi.screening.signal;

import java.sql.Connection;
import java.sql.Date;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.runtime.db.CopyRows;
import org.jikimi.runtime.db.Sql;
import org.jikimi.screening.batch.Batch;
import org.jikimi.screening.bulk.CopiedRows;
import org.jspecify.annotations.Nullable;

/** What the sources hold to be so now, one row a signal. Whoever reads to write has locked them before, or their source. */
final class StoredSignals {
    /** Statistics may be of a day on which the source had sent nothing: OFFSET 0 keeps the planner from going by them. */
    static final String CHANGE = """
            UPDATE signal SET bit = new.bit, child_id = new.child_id, household_id = new.household_id,
                observed_on = new.observed_on, cleared_on = new.cleared_on, told_of = new.told_of, said_at = new.said_at
            FROM (SELECT CAST(? AS text) AS source, said.*
                  FROM unnest(?::text[], ?::smallint[], ?::uuid[], ?::uuid[], ?::date[], ?::date[], ?::bytea[], ?::timestamptz[])
                      AS said (signal_id, bit, child_id, household_id, observed_on, cleared_on, told_of, said_at)
                  OFFSET 0) AS new
            WHERE signal.source = new.source AND signal.signal_id = new.signal_id""";

    private static final String OF_SOURCE = """
            SELECT signal_id, bit, child_id, household_id, observed_on, cleared_on FROM signal
            WHERE source = ? AND signal_id = ANY (?)""";

    private StoredSignals() {}

    /** By so much clocks of replicas may differ. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    /**
     * A signal as a source last told it.
     *
     * @param toldOf the child whose household it is about, as a keyed hash or an id, in hexadecimal digits; null if the household was named itself, or
     *     it is about a child
     * @param saidAt when its sender began to send it; null if nobody knows
     */
    record Known(
            int bit,
            @Nullable UUID childId,
            @Nullable UUID householdId,
            LocalDate observedOn,
            @Nullable LocalDate clearedOn,
            @Nullable String toldOf,
            @Nullable Instant saidAt) {

        /** What nobody sent. */
        Known(
                int bit,
                @Nullable UUID childId,
                @Nullable UUID householdId,
                LocalDate observedOn,
                @Nullable LocalDate clearedOn) {
            this(bit, childId, householdId, observedOn, clearedOn, null, null);
        }

        /** Whether it was sent before another word, which has been stored before. */
        boolean isOlderThan(Known stored) {
            return saidAt != null
                    && stored.saidAt != null
                    && saidAt.plus(CLOCKS_DIFFER).isBefore(stored.saidAt);
        }

        /** Whether it was sent after another word; of one of which nobody knows when, it was. */
        boolean isNewerThan(Known stored) {
            return saidAt != null && (stored.saidAt == null || saidAt.isAfter(stored.saidAt));
        }

        /** Of the household that it was of, if it is told of the same child, which may live elsewhere by now. */
        Known after(Known stored) {
            return toldOf != null && toldOf.equals(stored.toldOf)
                    ? new Known(bit, null, stored.householdId, observedOn, clearedOn, toldOf, saidAt)
                    : this;
        }

        /** Whether it says the same, whoever told it how and when. */
        boolean says(Known other) {
            return bit == other.bit
                    && Objects.equals(childId, other.childId)
                    && Objects.equals(householdId, other.householdId)
                    && observedOn.equals(other.observedOn)
                    && Objects.equals(clearedOn, other.clearedOn);
        }
    }

    static @Nullable String hex(byte @Nullable [] bytes) {
        return bytes == null ? null : HexFormat.of().formatHex(bytes);
    }

    private static byte @Nullable [] bytes(@Nullable String hex) {
        return hex == null ? null : HexFormat.of().parseHex(hex);
    }

    /** What was known before of the signals that landed lines speak of, by their ids. */
    static Map<String, Known> before(Connection tx, Batch batch, long firstLine, long lastLine) throws SQLException {
        var known = new HashMap<String, Known>();
        try (var rows = CopiedRows.of(tx, said(batch, firstLine, lastLine))) {
            while (rows.next()) {
                known.put(
                        String.valueOf(rows.text()),
                        new Known(
                                rows.int2(),
                                rows.optionalUuid(),
                                rows.optionalUuid(),
                                rows.requiredDate(),
                                rows.date(),
                                hex(rows.bytes()),
                                rows.optionalInstant()));
            }
        }
        return known;
    }

    /** What is known of signals of a source, by their ids. */
    static Map<String, Known> of(Connection tx, String source, Collection<String> ids) throws SQLException {
        var known = new HashMap<String, Known>();
        try (var query = tx.prepareStatement(OF_SOURCE)) {
            query.setString(1, source);
            query.setArray(2, tx.createArrayOf("text", ids.toArray()));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    known.put(
                            rows.getString("signal_id"),
                            new Known(
                                    rows.getInt("bit"),
                                    rows.getObject("child_id", UUID.class),
                                    rows.getObject("household_id", UUID.class),
                                    rows.getObject("observed_on", LocalDate.class),
                                    rows.getObject("cleared_on", LocalDate.class)));
                }
            }
        }
        return known;
    }

    private static String said(Batch batch, long firstLine, long lastLine) {
        return """
            SELECT s.signal_id, s.bit, s.child_id, s.household_id, s.observed_on, s.cleared_on, s.told_of, s.said_at
            FROM signal_raw r JOIN signal s ON s.source = r.source AND s.signal_id = r.signal_id
            WHERE r.batch_id = '%s' AND r.line BETWEEN %d AND %d""".formatted(batch.id(), firstLine, lastLine);
    }

    /** Keeps the newest word of each signal: by COPY where it is the first. */
    static void keep(Connection tx, String source, Change change, Map<String, Known> before) throws SQLException {
        var kept = change.kept;
        var changed = new ArrayList<String>();
        try (var rows = CopyRows.into(
                tx,
                "signal",
                "source",
                "signal_id",
                "bit",
                "child_id",
                "household_id",
                "observed_on",
                "cleared_on",
                "told_of",
                "said_at")) {
            for (var signal : kept.entrySet()) {
                if (before.containsKey(signal.getKey())) {
                    changed.add(signal.getKey());
                    continue;
                }
                var known = signal.getValue();
                rows.row()
                        .text(source)
                        .text(signal.getKey())
                        .int2(known.bit())
                        .uuid(known.childId())
                        .uuid(known.householdId())
                        .date(known.observedOn())
                        .date(known.clearedOn())
                        .bytea(bytes(known.toldOf()))
                        .timestamp(known.saidAt());
            }
            rows.finish();
        }
        change(tx, source, changed, changed.stream().map(kept::get).toList());
        change(tx, source, List.copyOf(change.again.keySet()), List.copyOf(change.again.values()));
    }

    /** Whether lines of other batches of the source have landed that are still to be settled. */
    static boolean areAwaited(Connection tx, Batch batch) {
        return Sql.on(tx)
                .createQuery("SELECT EXISTS (SELECT 1 FROM batch b JOIN batch_chunk c ON c.batch_id = b.id "
                        + "WHERE b.source = :source AND b.state = 'RECEIVING' AND b.id <> :batch AND NOT c.settled)")
                .bind("source", batch.source())
                .bind("batch", batch.id())
                .mapTo(Boolean.class)
                .one();
    }

    private static void change(Connection tx, String source, List<String> ids, List<Known> signals)
            throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        try (var update = tx.prepareStatement(CHANGE)) {
            update.setString(1, source);
            update.setArray(2, tx.createArrayOf("text", ids.toArray()));
            update.setArray(
                    3,
                    tx.createArrayOf(
                            "smallint", signals.stream().map(Known::bit).toArray()));
            update.setArray(
                    4,
                    tx.createArrayOf(
                            "uuid", signals.stream().map(Known::childId).toArray()));
            update.setArray(
                    5,
                    tx.createArrayOf(
                            "uuid", signals.stream().map(Known::householdId).toArray()));
            update.setArray(
                    6,
                    tx.createArrayOf(
                            "date",
                            signals.stream().map(s -> date(s.observedOn())).toArray()));
            update.setArray(
                    7,
                    tx.createArrayOf(
                            "date",
                            signals.stream().map(s -> date(s.clearedOn())).toArray()));
            update.setArray(
                    8,
                    tx.createArrayOf(
                            "bytea",
                            signals.stream().map(s -> bytes(s.toldOf())).toArray(byte[][]::new)));
            update.setArray(
                    9,
                    tx.createArrayOf(
                            "timestamptz",
                            signals.stream().map(s -> text(s.saidAt())).toArray()));
            update.execute();
        }
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    private static @Nullable Date date(@Nullable LocalDate day) {
        return day == null ? null : Date.valueOf(day);
    }
}
