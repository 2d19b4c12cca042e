package org.jikimi.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * A quarterly round over the whole city, ordered by REST and timed by the service, beside COPY of what it reads and beside
 * one set-based query over the raw signals, whose flags it must equal child by child; and beside general rule engines, which
 * judge what it froze.
 */
final class RoundBenchmark {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final int SMALLER = 5;
    private static final Duration DONE_WITHIN = Duration.ofMinutes(10);

    private final ServiceProcess service;
    private final ScreeningApi api;
    private final ScreeningCity city;
    private final Options options;
    private final PrintStream progress;
    private final List<Figure> peers = new ArrayList<>();

    RoundBenchmark(ServiceProcess service, ScreeningCity city, Options options, PrintStream progress) {
        this.service = service;
        this.api = new ScreeningApi(service.address());
        this.city = city;
        this.options = options;
        this.progress = progress;
    }

    private record Measured(double screened, double opened, double copiedOut, double queried) {}

    List<Figure> measure() throws IOException, SQLException {
        var runs = new ArrayList<Measured>();
        var oracle = RoundOracle.of(api, city.today());
        for (int run = 0; run <= options.runs(); run++) { // the first one warms up and is not counted
            try (var connection = service.connect()) {
                execute(connection, "VACUUM ANALYZE");
                execute(connection, "CHECKPOINT");
                var measured = one(connection, oracle, run);
                if (run > 0) {
                    runs.add(measured);
                }
            }
        }
        var figures = figures(runs);
        figures.add(heap());
        return figures;
    }

    /** In rounds of their own: to collect all garbage again and again costs time. */
    private Figure heap() throws IOException, SQLException {
        int fifth = mostLive(SMALLER);
        int whole = mostLive(1);
        return Figure.flat("round, %,d children".formatted(options.children()), whole, fifth, "frozen children");
    }

    /** Of a round that screens one in so many of the children whom it has frozen. */
    private int mostLive(int oneIn) throws IOException, SQLException {
        var planned = planned();
        var id = planned.get("id").textValue();
        int opening = service.mostLiveHeap(() -> opened(planned));
        try (var connection = service.connect()) {
            if (oneIn > 1) {
                leaveOut(connection, id, oneIn);
            }
            int screening = service.mostLiveHeap(() -> screened(api.get(path(id))));
            undo(connection, id);
            int most = oneIn > 1 ? screening : Math.max(opening, screening);
            progress.printf(Locale.ROOT, "round: at most %d MB of live heap with one in %d children%n", most, oneIn);
            return most;
        }
    }

    private static void leaveOut(Connection connection, String round, int oneIn) throws SQLException {
        execute(
                connection,
                "DELETE FROM round_child WHERE round_id = '%s' AND hashtext(household_id::text) %% %d <> 0"
                        .formatted(round, oneIn));
        execute(
                connection,
                "UPDATE round SET children = (SELECT count(*) FROM round_child WHERE round_id = '%1$s') WHERE id = '%1$s'"
                        .formatted(round));
    }

    private Measured one(Connection connection, RoundOracle oracle, int run) throws IOException, SQLException {
        double queried = oracle.ask(connection);
        var before = api.steps();
        var round = screened(opened(planned()));
        var after = api.steps();
        var id = round.get("id").textValue();
        double screened = after.getOrDefault("round-screen", 0.0) - before.getOrDefault("round-screen", 0.0);
        double opened = after.getOrDefault("round-open", 0.0) - before.getOrDefault("round-open", 0.0);
        double copiedOut = Copies.out(connection, frozen(id));
        int flags = oracle.requireSameFlags(connection, id);
        if (run == options.runs()) {
            peers.addAll(
                    RoundPeers.measure(api, connection, id, city.today(), options.children() / screened, progress));
        }
        undo(connection, id);
        progress.printf(
                Locale.ROOT,
                "round %d of %d: screened in %.2f s, opened in %.2f s; COPY out %.2f s; query %.2f s; the same %,d flags%n",
                run,
                options.runs(),
                screened,
                opened,
                copiedOut,
                queried,
                flags);
        return new Measured(screened, opened, copiedOut, queried);
    }

    private JsonNode planned() throws IOException {
        return api.post("/api/v1/rounds", "{\"programme\":\"QUARTERLY_SCREENING\"}");
    }

    private JsonNode opened(JsonNode planned) throws IOException {
        return ordered(planned, "opening", "OPENED");
    }

    private JsonNode screened(JsonNode opened) throws IOException {
        return ordered(opened, "screening", "SCREENED");
    }

    private JsonNode ordered(JsonNode round, String step, String state) throws IOException {
        var path = path(round.get("id").textValue());
        api.change(path + "/" + step, round.get("version").longValue());
        return await(api, path, state);
    }

    private static String path(String round) {
        return "/api/v1/rounds/" + round;
    }

    private static JsonNode await(ScreeningApi api, String path, String state) throws IOException {
        var until = System.nanoTime() + DONE_WITHIN.toNanos();
        while (System.nanoTime() < until) {
            var round = api.get(path);
            if (round.get("state").textValue().equals(state)) {
                return round;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        throw new IllegalStateException("the round did not come to be " + state);
    }

    private static String frozen(String round) {
        return "SELECT child_id, household_id, birth_date, family_type, district_code, dong_code, care, scheme, mask, "
                + "observed, open_work, reports, refused FROM round_child WHERE round_id = '" + round + "'";
    }

    /** Takes the flags out again, so that the next run meets the same city: a flagged child is left out of a round. */
    private static void undo(Connection connection, String round) throws SQLException {
        execute(connection, "DELETE FROM flag WHERE round_id = '" + round + "'");
        execute(connection, "DELETE FROM round_child WHERE round_id = '" + round + "'");
    }

    private List<Figure> figures(List<Measured> runs) {
        int children = options.children();
        var screened =
                children / Bench.median(runs.stream().map(Measured::screened).toList());
        var both = children
                / Bench.median(runs.stream().map(r -> r.screened() + r.opened()).toList());
        var copied =
                children / Bench.median(runs.stream().map(Measured::copiedOut).toList());
        var queried =
                children / Bench.median(runs.stream().map(Measured::queried).toList());
        var of = "round, %,d children: ".formatted(children);
        var figures = new ArrayList<>(List.of(
                new Figure(
                        of + "screened",
                        screened,
                        "children/s",
                        copied,
                        "COPY out of the frozen states",
                        "at least 50 % of it",
                        screened >= 0.5 * copied),
                new Figure(
                        of + "screened",
                        screened,
                        "children/s",
                        queried,
                        "one query over raw signals",
                        "at least 3 times it, same flags",
                        screened >= 3 * queried),
                new Figure(
                        of + "frozen and screened",
                        both,
                        "children/s",
                        queried,
                        "one query over raw signals",
                        "none, for information",
                        true)));
        figures.addAll(peers);
        return figures;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
