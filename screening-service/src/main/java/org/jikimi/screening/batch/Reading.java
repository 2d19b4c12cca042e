package org.jikimi.screening.batch;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jikimi.runtime.rest.Problem;
import org.jspecify.annotations.Nullable;

/** Reads one file from its first line to its last, and hands over every chunk of lines. */
final class Reading<T> {
    private final Chunks<T> chunks;
    private final LineKind<T> kind;
    private final LineReader lines;
    private final boolean csv;
    private final @Nullable String[] values;
    private @Nullable LineFormat format;
    private List<LineKind.Line<T>> good = new ArrayList<>();
    private List<Rejection> bad = new ArrayList<>();
    private int received;

    Reading(Chunks<T> chunks, LineKind<T> kind, InputStream body, boolean csv) {
        this.chunks = chunks;
        this.kind = kind;
        this.lines = new LineReader(body);
        this.csv = csv;
        this.values = new String[kind.fields().size()];
    }

    /** Answers why it stopped before the end; null if it did not. */
    @Nullable
    Problem toTheEnd() throws IOException, SQLException {
        while (lines.next()) {
            if (lines.isBlank()) {
                continue;
            }
            var read = format;
            if (read == null) {
                read = begin();
                if (read == null) {
                    return BatchProblems.CSV_HEADING;
                }
                format = read;
                if (csv) {
                    continue;
                }
            }
            take(read);
            if (received == ReceiveBatch.CHUNK && !store()) {
                return BatchProblems.CHUNK_DIFFERS;
            }
        }
        if ((received > 0 && !store()) || chunks.moreAreStored()) {
            return BatchProblems.CHUNK_DIFFERS;
        }
        return null;
    }

    private @Nullable LineFormat begin() {
        return csv
                ? CsvLines.of(lines.buffer(), lines.offset(), lines.length(), kind.fields())
                : new JsonLines(kind.fields());
    }

    private void take(LineFormat read) {
        received++;
        if (lines.isTooLong()) {
            reject(RejectionCode.TOO_LONG, "longer than " + LineReader.LONGEST + " bytes");
            return;
        }
        var unreadable = read.read(lines.buffer(), lines.offset(), lines.length(), values);
        if (unreadable != null) {
            reject(unreadable.code(), unreadable.message());
            return;
        }
        switch (kind.check(values)) {
            case Checked.Good<T>(var value) -> good.add(new LineKind.Line<>(lines.number(), value));
            case Checked.Bad<T>(var code, var message) -> reject(code, message);
        }
    }

    private void reject(RejectionCode code, String message) {
        bad.add(new Rejection(lines.number(), code.code(), message));
    }

    private boolean store() throws SQLException {
        var stored = chunks.store(lines.hash(), received, good, bad);
        good = new ArrayList<>();
        bad = new ArrayList<>();
        received = 0;
        return stored;
    }
}
