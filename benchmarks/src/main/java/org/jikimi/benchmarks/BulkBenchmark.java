package org.jikimi.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * A batch of signals sent by REST to the running service, beside what PostgreSQL takes of the same rows. The raw table is
 * watched from outside: its rate counts from the first byte sent to the last row committed. The steps after it are timed
 * by the service, each beside a limit of its own.
 */
final class BulkBenchmark {
    /** After that long without another chunk a file is taken to have landed, for the progress told. */
    private static final double QUIET_SECONDS = 5;

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final int SMALLER = 5;

    private final ServiceProcess service;
    private final ScreeningApi api;
    private final ScreeningCity city;
    private final Options options;
    private final PrintStream progress;
    private final Map<String, List<Double>> ours = new TreeMap<>();
    private final Map<String, List<Double>> limits = new TreeMap<>();

    BulkBenchmark(ServiceProcess service, ScreeningCity city, Options options, PrintStream progress) {
        this.service = service;
        this.api = new ScreeningApi(service.address());
        this.city = city;
        this.options = options;
        this.progress = progress;
    }

    List<Figure> measure() throws IOException, SQLException {
        for (int run = 0; run <= options.runs(); run++) { // the first one warms up and is not counted
            var file = city.healthInsurance(run == 0 ? options.lines() / SMALLER : options.lines(), run);
            try (var connection = service.connect()) {
                one(connection, run, file);
            } finally {
                Files.delete(file);
            }
        }
        var figures = figures();
        figures.add(heap());
        return figures;
    }

    private void one(Connection connection, int run, Path file) throws IOException, SQLException {
        execute(connection, "CHECKPOINT");
        var before = api.steps();
        var start = System.nanoTime();
        var receipt = CompletableFuture.supplyAsync(() -> send(file));
        double landed = watch(connection, receipt, start);
        double whole = (System.nanoTime() - start) / 1e9;
        var taken = receipt.join();
        var after = api.steps();
        var batch = taken.get("batchId").textValue();
        long lines = taken.get("received").longValue();
        execute(connection, "CHECKPOINT");
        double bare = bareCopy(connection, batch);
        progress.printf(
                Locale.ROOT,
                "bulk %d of %d: %,.0f lines/s into the raw table in %.2f s, %.2f s of it in COPY; bare COPY %,.0f lines/s; "
                        + "whole %,.0f lines/s, %.3f s of it to count them by source; %s%n",
                run,
                options.runs(),
                lines / landed,
                landed,
                after.getOrDefault("raw", 0.0) - before.getOrDefault("raw", 0.0),
                bare,
                lines / whole,
                after.getOrDefault("tally", 0.0) - before.getOrDefault("tally", 0.0),
                taken);
        if (run == 0) {
            return;
        }
        note(ours, "raw", lines / landed);
        note(limits, "raw", bare);
        note(ours, "whole", lines / whole);
        note(limits, "whole", bare);
        for (var step : List.of("subjects", "dedupe", "fold", "flag")) {
            note(ours, step, lines / (after.getOrDefault(step, 0.0) - before.getOrDefault(step, 0.0)));
        }
        note(limits, "subjects", lines / subjects(connection, batch));
        note(limits, "dedupe", lines / Copies.again(connection, "signal", kept(run)));
        double states = lines / Copies.again(connection, "child_state", states(run));
        note(limits, "fold", states);
        note(limits, "flag", states);
    }

    private JsonNode send(Path file) {
        try {
            return api.sendBatch("/api/v1/signal-batches", "health-insurance", file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the receipt; answers after how many seconds the last lines were seen to have landed. */
    private double watch(Connection connection, CompletableFuture<JsonNode> receipt, long start) throws SQLException {
        double landed = 0;
        long seen = 0;
        boolean told = false;
        try (var count = connection.prepareStatement("SELECT coalesce(sum(received), 0) FROM batch_chunk "
                + "WHERE batch_id = (SELECT id FROM batch ORDER BY received_at DESC LIMIT 1)")) {
            while (true) {
                boolean last = receipt.isDone();
                try (var row = count.executeQuery()) {
                    row.next();
                    if (row.getLong(1) != seen) {
                        seen = row.getLong(1);
                        landed = (System.nanoTime() - start) / 1e9;
                    }
                }
                if (!told && seen > 0 && (System.nanoTime() - start) / 1e9 > landed + QUIET_SECONDS) {
                    told = true;
                    progress.printf(
                            Locale.ROOT, "bulk: %,d lines landed in %.2f s, and are being settled%n", seen, landed);
                }
                if (last) {
                    return landed;
                }
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
        }
    }

    /** The batch's own raw rows, under another batch's id, into the same table; then they are taken out again. */
    private static double bareCopy(Connection connection, String batch) throws SQLException {
        var rows = Copies.rows(
                connection,
                "SELECT uuidv7(INTERVAL '-1 day') AS batch_id, line, source, signal_id, bit, subject, observed_on, "
                        + "cleared_on FROM signal_raw WHERE batch_id = '" + batch + "' ORDER BY line");
        double took = Copies.in(connection, "signal_raw", rows);
        try (var delete = connection.createStatement()) {
            int count = delete.executeUpdate("DELETE FROM signal_raw WHERE batch_id NOT IN (SELECT id FROM batch)");
            return count / took;
        }
    }

    private static double subjects(Connection connection, String batch) throws SQLException {
        return timed(
                connection,
                "SELECT count(i.child_id), count(h.id) FROM signal_raw r LEFT JOIN child_identifier i ON i.mac = r.subject "
                        + "LEFT JOIN household h ON h.mac = r.subject WHERE r.batch_id = '" + batch + "'");
    }

    private static String kept(int run) {
        return "SELECT * FROM signal WHERE signal_id LIKE 'HI-" + run + "-%'";
    }

    private static String states(int run) {
        return "SELECT s.* FROM child_state s WHERE child_id IN (SELECT child_id FROM signal WHERE signal_id LIKE 'HI-"
                + run + "-%' UNION SELECT c.id FROM signal g JOIN child c USING (household_id) "
                + "WHERE g.signal_id LIKE 'HI-" + run + "-%')";
    }

    /** In runs of their own: to collect all garbage again and again costs time. */
    private Figure heap() throws IOException {
        int fifth = mostLive(options.lines() / SMALLER, options.runs() + 1);
        int whole = mostLive(options.lines(), options.runs() + 2);
        return Figure.flat("bulk, %,d lines".formatted(options.lines()), whole, fifth, "lines");
    }

    private int mostLive(int lines, int run) throws IOException {
        var file = city.healthInsurance(lines, run);
        int most = service.mostLiveHeap(() -> send(file));
        Files.delete(file);
        progress.printf(Locale.ROOT, "bulk: at most %d MB of live heap with %,d lines%n", most, lines);
        return most;
    }

    private List<Figure> figures() {
        var figures = new ArrayList<Figure>();
        var of = "bulk, %,d lines: ".formatted(options.lines());
        double raw = median(ours, "raw");
        double copy = median(limits, "raw");
        figures.add(new Figure(
                of + "into the raw table",
                raw,
                "lines/s",
                copy,
                "bare COPY of the same rows",
                "at least 60 % of it",
                raw >= 0.6 * copy));
        figures.add(shown(of + "subject lookup", "subjects", "one join of the whole batch"));
        figures.add(shown(of + "deduplication", "dedupe", "COPY of the signals it keeps"));
        figures.add(shown(of + "fold", "fold", "COPY of the states it folds"));
        figures.add(shown(of + "flags that follow", "flag", "COPY of the states it folds"));
        figures.add(shown(of + "all of it, to the receipt", "whole", "bare COPY of the same rows"));
        return figures;
    }

    private Figure shown(String name, String step, String limitName) {
        return new Figure(
                name, median(ours, step), "lines/s", median(limits, step), limitName, "none, for information", true);
    }

    private static void note(Map<String, List<Double>> values, String name, double value) {
        values.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    }

    private static double median(Map<String, List<Double>> values, String name) {
        return Bench.median(values.getOrDefault(name, List.of()));
    }

    private static double timed(Connection connection, String query) throws SQLException {
        var start = System.nanoTime();
        execute(connection, query);
        return (System.nanoTime() - start) / 1e9;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
