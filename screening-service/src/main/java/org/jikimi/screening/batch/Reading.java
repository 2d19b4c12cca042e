package org.jikimi.screening.batch;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jikimi.runtime.rest.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Reads one file from its first line to its last, and hands over every chunk of lines. While a chunk is stored the next
 * one is read, and no more: the heap does not grow with the file.
 */
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
    private long firstLine;
    private @Nullable FutureTask<Boolean> storing;

    Reading(Chunks<T> chunks, LineKind<T> kind, InputStream body, boolean csv) {
        this.chunks = chunks;
        this.kind = kind;
        this.lines = new LineReader(body);
        this.csv = csv;
        this.values = new String[kind.fields().size()];
    }

    /** Answers why it stopped before the end; null if it did not. What it took is settled in either case. */
    @Nullable
    Problem toTheEnd() throws IOException, SQLException {
        try {
            return read();
        } finally {
            awaitStored();
            chunks.settle();
        }
    }

    /** SHA-256 of the file, in hexadecimal digits; asked once, after its end. */
    String hash() {
        return lines.hashOfAll();
    }

    private @Nullable Problem read() throws IOException, SQLException {
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
        if ((received > 0 && !store()) || !awaitStored()) {
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
        if (received++ == 0) {
            firstLine = lines.number();
        }
        if (lines.isTooLong()) {
            reject(RejectionCode.TOO_LONG, "longer than " + LineReader.LONGEST + " bytes", null);
            return;
        }
        var unreadable = read.read(lines.buffer(), lines.offset(), lines.length(), values);
        if (unreadable != null) {
            reject(unreadable.code(), unreadable.message(), kind.indicator(values));
            return;
        }
        switch (kind.check(values)) {
            case Checked.Good<T>(var value) -> good.add(new LineKind.Line<>(lines.number(), value));
            case Checked.Bad<T>(var code, var message) -> reject(code, message, kind.indicator(values));
        }
    }

    private void reject(RejectionCode code, String message, @Nullable String indicator) {
        bad.add(new Rejection(lines.number(), code.code(), message, indicator));
    }

    /** Has the chunk stored while the next one is read. Answers false if the one before it differs from what is stored. */
    private boolean store() throws SQLException {
        if (!awaitStored()) {
            return false;
        }
        var chunk = new Chunks.Chunk<>(lines.hash(), received, firstLine, lines.number(), good, bad);
        storing = new FutureTask<>(() -> chunks.store(chunk));
        Thread.ofVirtual().name("batch-chunk").start(storing);
        good = new ArrayList<>();
        bad = new ArrayList<>();
        received = 0;
        return true;
    }

    private boolean awaitStored() throws SQLException {
        var last = storing;
        storing = null;
        if (last == null) {
            return true;
        }
        try {
            return last.get();
        } catch (ExecutionException failure) {
            switch (failure.getCause()) {
                case SQLException e -> throw e;
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case null, default -> throw new IllegalStateException(failure);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while a chunk was stored", stop);
        }
    }
}
