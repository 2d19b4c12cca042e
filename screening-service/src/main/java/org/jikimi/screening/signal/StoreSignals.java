package org.jikimi.screening.signal;

import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.screening.batch.Batch;
import org.jikimi.screening.batch.LineKind.Line;
import org.jikimi.screening.batch.LineKind.Tally;
import org.jikimi.screening.batch.Rejection;
import org.jikimi.screening.batch.RejectionCode;
import org.jikimi.screening.bulk.CopyRows;
import org.jikimi.screening.flag.FlagUrgently;
import org.jikimi.screening.reference.Indicators;
import org.jspecify.annotations.Nullable;

/**
 * Stores the signals of a chunk: COPY into the raw table, look up subjects and earlier words of the same signal, keep
 * the newest, refold the children it touches, flag whom that makes urgent.
 */
final class StoreSignals {
    private static final String RESOLVE = """
            SELECT r.line, x.id AS child_id, coalesce(h.id, x.household_id) AS household_id,
                   s.bit, s.child_id AS old_child, s.household_id AS old_household, s.observed_on, s.cleared_on
            FROM signal_raw r
            LEFT JOIN child_identifier i ON i.mac = r.subject
            LEFT JOIN child x ON x.id = coalesce(
                i.child_id, CASE WHEN octet_length(r.subject) = 16 THEN encode(r.subject, 'hex')::uuid END)
            LEFT JOIN household h ON h.mac = r.subject
            LEFT JOIN signal s ON s.source = r.source AND s.signal_id = r.signal_id
            WHERE r.batch_id = ? AND r.line BETWEEN ? AND ?
            ORDER BY r.line""";
    private static final String KEEP = """
            INSERT INTO signal (source, signal_id, bit, child_id, household_id, observed_on, cleared_on)
            SELECT ?, * FROM unnest(?::text[], ?::smallint[], ?::uuid[], ?::uuid[], ?::date[], ?::date[])
            ON CONFLICT (source, signal_id) DO UPDATE SET bit = excluded.bit, child_id = excluded.child_id,
                household_id = excluded.household_id, observed_on = excluded.observed_on, cleared_on = excluded.cleared_on""";

    private final LocalDate today;
    private final FlagUrgently urgently;

    StoreSignals(LocalDate today, FlagUrgently urgently) {
        this.today = today;
        this.urgently = urgently;
    }

    /** What was stored, and the urgent flags that stand for the children with a new urgent signal or were raised. */
    record Stored(Tally tally, Map<UUID, UUID> flags) {}

    /** A signal as a source last told it. */
    private record Known(
            int bit,
            @Nullable UUID childId,
            @Nullable UUID householdId,
            LocalDate observedOn,
            @Nullable LocalDate clearedOn) {}

    /** A chunk on its way: what it changes and whom it touches. */
    private static final class Change {
        final Map<String, Known> kept = new LinkedHashMap<>();
        final Set<UUID> children = new LinkedHashSet<>();
        final Set<UUID> households = new LinkedHashSet<>();
        final List<Rejection> rejections = new ArrayList<>();
        int duplicates;

        void touch(Known known) {
            if (known.childId() != null) {
                children.add(known.childId());
            } else if (known.householdId() != null) {
                households.add(known.householdId());
            }
        }
    }

    Stored store(Connection tx, Batch batch, List<Line<SignalLine>> lines) throws SQLException {
        if (lines.isEmpty()) {
            return new Stored(new Tally(0, 0, List.of()), Map.of());
        }
        KeyLocks.lock(tx, List.of("signals of " + batch.source()));
        copyRaw(tx, batch, lines);
        var change = resolve(tx, batch, lines);
        forgetRejected(tx, batch, change.rejections);
        ChildStates.lock(tx, change.children, change.households);
        keep(tx, batch.source(), change.kept);
        var touched = new LinkedHashSet<>(change.children);
        touched.addAll(ChildStates.childrenOf(tx, change.households));
        ChildStates.refold(tx, touched);
        var flags = urgently.consider(tx, touched, urgentBits(tx, change.kept));
        int accepted = lines.size() - change.duplicates - change.rejections.size();
        return new Stored(new Tally(accepted, change.duplicates, change.rejections), flags);
    }

    private static void copyRaw(Connection tx, Batch batch, List<Line<SignalLine>> lines) throws SQLException {
        try (var rows = CopyRows.into(
                tx,
                "signal_raw",
                "batch_id",
                "line",
                "source",
                "signal_id",
                "bit",
                "subject",
                "observed_on",
                "cleared_on")) {
            for (var line : lines) {
                var signal = line.value();
                rows.row()
                        .uuid(batch.id())
                        .int8(line.number())
                        .text(batch.source())
                        .text(signal.signalId())
                        .int2(signal.indicator().bit())
                        .bytea(signal.subject())
                        .date(signal.observedOn())
                        .date(signal.clearedOn());
            }
            rows.finish();
        }
    }

    private static Change resolve(Connection tx, Batch batch, List<Line<SignalLine>> lines) throws SQLException {
        var change = new Change();
        try (var query = tx.prepareStatement(RESOLVE)) {
            query.setObject(1, batch.id());
            query.setLong(2, lines.getFirst().number());
            query.setLong(3, lines.getLast().number());
            try (var rows = query.executeQuery()) {
                for (var line : lines) {
                    rows.next();
                    take(change, line, rows);
                }
            }
        }
        return change;
    }

    private static void take(Change change, Line<SignalLine> line, ResultSet row) throws SQLException {
        var signal = line.value();
        boolean ofHousehold = signal.indicator().ofHousehold();
        var subject = row.getObject(ofHousehold ? "household_id" : "child_id", UUID.class);
        if (subject == null) {
            change.rejections.add(new Rejection(
                    line.number(), RejectionCode.UNKNOWN_SUBJECT.code(), "the registry does not know the subject"));
            return;
        }
        var said = new Known(
                signal.indicator().bit(),
                ofHousehold ? null : subject,
                ofHousehold ? subject : null,
                signal.observedOn(),
                signal.clearedOn());
        var before = change.kept.containsKey(signal.signalId()) ? change.kept.get(signal.signalId()) : known(row);
        if (said.equals(before)) {
            change.duplicates++;
            return;
        }
        if (before != null) {
            change.touch(before);
        }
        change.touch(said);
        change.kept.put(signal.signalId(), said);
    }

    private static @Nullable Known known(ResultSet row) throws SQLException {
        var observedOn = row.getObject("observed_on", LocalDate.class);
        return observedOn == null
                ? null
                : new Known(
                        row.getInt("bit"),
                        row.getObject("old_child", UUID.class),
                        row.getObject("old_household", UUID.class),
                        observedOn,
                        row.getObject("cleared_on", LocalDate.class));
    }

    private static void forgetRejected(Connection tx, Batch batch, List<Rejection> rejections) throws SQLException {
        if (rejections.isEmpty()) {
            return;
        }
        try (var delete = tx.prepareStatement("DELETE FROM signal_raw WHERE batch_id = ? AND line = ANY (?)")) {
            delete.setObject(1, batch.id());
            delete.setArray(
                    2,
                    tx.createArrayOf(
                            "bigint", rejections.stream().map(Rejection::line).toArray()));
            delete.execute();
        }
    }

    private static void keep(Connection tx, String source, Map<String, Known> kept) throws SQLException {
        if (kept.isEmpty()) {
            return;
        }
        var signals = kept.values();
        try (var upsert = tx.prepareStatement(KEEP)) {
            upsert.setString(1, source);
            upsert.setArray(2, tx.createArrayOf("text", kept.keySet().toArray()));
            upsert.setArray(
                    3,
                    tx.createArrayOf(
                            "smallint", signals.stream().map(Known::bit).toArray()));
            upsert.setArray(
                    4,
                    tx.createArrayOf(
                            "uuid", signals.stream().map(Known::childId).toArray()));
            upsert.setArray(
                    5,
                    tx.createArrayOf(
                            "uuid", signals.stream().map(Known::householdId).toArray()));
            upsert.setArray(
                    6,
                    tx.createArrayOf(
                            "date",
                            signals.stream().map(s -> date(s.observedOn())).toArray()));
            upsert.setArray(
                    7,
                    tx.createArrayOf(
                            "date",
                            signals.stream().map(s -> date(s.clearedOn())).toArray()));
            upsert.execute();
        }
    }

    private static @Nullable Date date(@Nullable LocalDate day) {
        return day == null ? null : Date.valueOf(day);
    }

    private Map<UUID, Long> urgentBits(Connection tx, Map<String, Known> kept) throws SQLException {
        var bits = new HashMap<UUID, Long>();
        for (var known : kept.values()) {
            var indicator = Indicators.all().get(known.bit());
            if (!indicator.urgent()
                    || known.clearedOn() != null
                    || !known.observedOn().plusDays(indicator.validityDays()).isAfter(today)) {
                continue;
            }
            var children = known.childId() != null
                    ? List.of(known.childId())
                    : ChildStates.childrenOf(
                            tx, known.householdId() == null ? List.of() : List.of(known.householdId()));
            for (var child : children) {
                bits.merge(child, 1L << known.bit(), (a, b) -> a | b);
            }
        }
        return bits;
    }
}
