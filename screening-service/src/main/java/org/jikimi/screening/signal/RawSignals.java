package org.jikimi.screening.signal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jikimi.runtime.db.CopyRows;
import org.jikimi.runtime.db.Sql;
import org.jikimi.screening.batch.Batch;
import org.jikimi.screening.batch.LineKind.Line;
import org.jikimi.screening.batch.Rejection;
import org.jikimi.screening.bulk.CopiedRows;
import org.jikimi.screening.bulk.Steps;
import org.jikimi.screening.reference.Indicator;
import org.jikimi.screening.reference.Indicators;
import org.jspecify.annotations.Nullable;

/** The raw table: every accepted line as it came. */
final class RawSignals {
    private static final String OF_HOUSEHOLDS = Indicators.all().stream()
            .filter(Indicator::ofHousehold)
            .map(indicator -> String.valueOf(indicator.bit()))
            .collect(Collectors.joining(", "));

    private RawSignals() {}

    /**
     * A line with whom it is about; both ids are null if the registry does not know the subject.
     *
     * @param toldOf the subject in hexadecimal digits, if it is a child whose household it is about; null otherwise
     */
    record Raw(
            long line,
            String signalId,
            int bit,
            LocalDate observedOn,
            @Nullable LocalDate clearedOn,
            @Nullable UUID childId,
            @Nullable UUID householdId,
            @Nullable String toldOf) {}

    /** Adds the lines, by COPY. */
    static void land(Connection tx, Batch batch, List<Line<SignalLine>> lines) throws SQLException {
        Steps.timed("raw", () -> copy(tx, batch, lines));
    }

    private static long copy(Connection tx, Batch batch, List<Line<SignalLine>> lines) throws SQLException {
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
            return rows.finish();
        }
    }

    /** Reads landed lines in their order, each with its subject. */
    static List<Raw> withSubjects(Connection tx, Batch batch, long firstLine, long lastLine) throws SQLException {
        var raw = new ArrayList<Raw>();
        try (var rows = CopiedRows.of(tx, subjects(batch, firstLine, lastLine))) {
            while (rows.next()) {
                raw.add(new Raw(
                        rows.int8(),
                        String.valueOf(rows.text()),
                        rows.int2(),
                        rows.requiredDate(),
                        rows.date(),
                        rows.optionalUuid(),
                        rows.optionalUuid(),
                        StoredSignals.hex(rows.bytes())));
            }
        }
        return raw;
    }

    /** Each table is asked only where it can have the answer: most lines are about a child whose identifier is known. */
    static String subjects(Batch batch, long firstLine, long lastLine) {
        return """
            SELECT r.line, r.signal_id, r.bit, r.observed_on, r.cleared_on,
                   coalesce(i.child_id, x.id) AS child_id, coalesce(h.id, x.household_id) AS household_id,
                   CASE WHEN r.bit IN (%1$s) AND h.id IS NULL THEN r.subject END AS told_of
            FROM signal_raw r
            LEFT JOIN child_identifier i ON i.mac = r.subject
            LEFT JOIN household h ON h.mac = CASE WHEN r.bit IN (%1$s) THEN r.subject END
            LEFT JOIN child x ON x.id = CASE
                WHEN octet_length(r.subject) = 16 THEN encode(r.subject, 'hex')::uuid
                WHEN r.bit IN (%1$s) AND h.id IS NULL THEN i.child_id END
            WHERE r.batch_id = '%2$s' AND r.line BETWEEN %3$d AND %4$d
            ORDER BY r.line""".formatted(OF_HOUSEHOLDS, batch.id(), firstLine, lastLine);
    }

    /** The signals that landed lines speak of; one may come several times. */
    static List<String> ids(Connection tx, Batch batch, long firstLine, long lastLine) {
        return Sql.on(tx)
                .createQuery(
                        "SELECT signal_id FROM signal_raw WHERE batch_id = :batch AND line BETWEEN :first AND :last")
                .bind("batch", batch.id())
                .bind("first", firstLine)
                .bind("last", lastLine)
                .mapTo(String.class)
                .list();
    }

    /** Takes rejected lines out again. */
    static void forget(Connection tx, Batch batch, List<Rejection> rejections) throws SQLException {
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
}
