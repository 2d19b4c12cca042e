package org.jikimi.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jikimi.testkit.TestTokens;

/**
 * Clients that report suspected abuse by REST to the running case service and, with every other report, to the same service
 * with its audit taken out. Both do the same work at the same moment on the same machine, so what it is worth is counted in
 * processor time: that of the service and of its connections to PostgreSQL, sealer and relay among them.
 */
final class AuditOverRest {
    private static final int CLIENTS = 16;
    /** Both are warm once so many turns cost nearly as much as those before them; on a slow machine that takes longer. */
    private static final int WARM = 15;

    private static final int MOST_WARM_UPS = 150;
    private static final double STILL_WARMING = 0.95;
    private static final int TURNS = 50;
    private static final Duration TURN = Duration.ofSeconds(5);
    private static final double MOST = 5;

    private final Path directory;
    private final PrintStream progress;

    /** @param directory for the files of both services */
    AuditOverRest(Path directory, PrintStream progress) {
        this.directory = directory;
        this.progress = progress;
    }

    /**
     * What one turn came to.
     *
     * @param pairs reports to each of both services
     * @param with processor time of the audited service for one report, in microseconds
     * @param without that of the other
     * @param answered how long the audited service took to answer each report, in milliseconds
     * @param plainAnswered the other
     */
    private record Turn(long pairs, double with, double without, List<Double> answered, List<Double> plainAnswered) {
        /** In percent of the processor time that a report costs without audit. */
        double cost() {
            return percent(logarithm());
        }

        /** Of the ratio, so that a turn in which one of both was held up weighs the same whichever it was. */
        double logarithm() {
            return Math.log(with / without);
        }
    }

    /** What one client saw in a turn, in milliseconds. */
    private record Answers(List<Double> audited, List<Double> plain) {}

    List<Figure> measure() throws Exception {
        var agent = "-javaagent:" + WithoutAudit.jar(directory);
        var here = Files.createDirectory(directory.resolve("audited"));
        var there = Files.createDirectory(directory.resolve("plain"));
        try (var audited = ServiceProcess.start("case-service", here, Map.of());
                var plain = ServiceProcess.start("case-service", there, Map.of(), agent);
                var database = audited.connect();
                var plainDatabase = plain.connect()) {
            var cold = new ArrayList<Turn>();
            while (!areWarm(cold) && cold.size() < MOST_WARM_UPS) {
                cold.add(turn(audited, database, plain, plainDatabase));
                tell("warming up, " + cold.size(), cold.getLast());
            }
            var turns = new ArrayList<Turn>();
            while (turns.size() < TURNS) {
                turns.add(turn(audited, database, plain, plainDatabase));
                tell(turns.size() + " of " + TURNS, turns.getLast());
            }
            requireRows(database, true);
            requireRows(plainDatabase, false);
            return figures(turns);
        }
    }

    private static boolean areWarm(List<Turn> turns) {
        int count = turns.size();
        return count >= 2 * WARM
                && median(turns.subList(count - WARM, count))
                        > STILL_WARMING * median(turns.subList(count - 2 * WARM, count - WARM));
    }

    /** Of what a report costs both services together. */
    private static double median(List<Turn> turns) {
        return Bench.median(
                turns.stream().map(turn -> turn.with() + turn.without()).toList());
    }

    private void tell(String which, Turn turn) {
        progress.printf(
                Locale.ROOT,
                "audit, by REST, %s: %,d reports to each, %,.0f µs with, %,.0f without: %.1f %%%n",
                which,
                turn.pairs(),
                turn.with(),
                turn.without(),
                turn.cost());
    }

    /** Or what was measured is not what it is called. */
    private static void requireRows(Connection database, boolean audited) throws SQLException {
        try (var statement = database.createStatement();
                var row =
                        statement.executeQuery("SELECT (SELECT count(*) FROM report), (SELECT count(*) FROM audit)")) {
            row.next();
            long reports = row.getLong(1);
            long rows = row.getLong(2);
            if (reports == 0 || rows != (audited ? reports : 0)) {
                throw new IllegalStateException("%,d reports and %,d audit rows, %s audit"
                        .formatted(reports, rows, audited ? "with" : "without"));
            }
        }
    }

    private static List<Figure> figures(List<Turn> turns) {
        var with = Bench.median(turns.stream().map(Turn::with).toList());
        var without = Bench.median(turns.stream().map(Turn::without).toList());
        double mean = turns.stream().mapToDouble(Turn::logarithm).average().orElseThrow();
        double squares = turns.stream()
                .mapToDouble(it -> Math.pow(it.logarithm() - mean, 2))
                .sum();
        double error = Math.sqrt(squares / (turns.size() - 1) / turns.size());
        var answered = Bench.median(
                turns.stream().flatMap(it -> it.answered().stream()).toList());
        var plainAnswered = Bench.median(
                turns.stream().flatMap(it -> it.plainAnswered().stream()).toList());
        return List.of(
                new Figure(
                        "processor time of a report by REST with its audit row, %d clients".formatted(CLIENTS),
                        with,
                        "µs",
                        without,
                        "the same service without audit",
                        "at most 5 % more",
                        with <= (1 + MOST / 100) * without),
                new Figure(
                        "cost of audit by REST, mean and two standard errors, %d clients".formatted(CLIENTS),
                        percent(mean + 2 * error),
                        "%",
                        MOST,
                        "the target; the mean alone is %.1f".formatted(percent(mean)),
                        "at most 5",
                        percent(mean + 2 * error) <= MOST),
                new Figure(
                        "a report by REST answered, p50, %d clients".formatted(CLIENTS),
                        answered,
                        "ms",
                        plainAnswered,
                        "the same service without audit",
                        "none, for information",
                        true));
    }

    private static double percent(double logarithmOfRatio) {
        return 100 * Math.expm1(logarithmOfRatio);
    }

    private static Turn turn(
            ServiceProcess audited, Connection database, ServiceProcess plain, Connection plainDatabase)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        var before = audited.processorTime(database);
        var plainBefore = plain.processorTime(plainDatabase);
        var answers = clients(audited.address(), plain.address());
        var used = audited.processorTime(database).minus(before);
        var plainUsed = plain.processorTime(plainDatabase).minus(plainBefore);
        return new Turn(
                answers.audited().size(),
                used.toNanos() / 1e3 / answers.audited().size(),
                plainUsed.toNanos() / 1e3 / answers.plain().size(),
                answers.audited(),
                answers.plain());
    }

    private static Answers clients(URI audited, URI plain) throws InterruptedException, ExecutionException {
        long until = System.nanoTime() + TURN.toNanos();
        var all = new Answers(new ArrayList<>(), new ArrayList<>());
        try (var http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                var threads = Executors.newFixedThreadPool(CLIENTS)) {
            var clients = new ArrayList<Future<Answers>>();
            for (int number = 0; number < CLIENTS; number++) {
                var token = TestTokens.of("bench-gateway-" + number, "report-gateway")
                        .token();
                clients.add(threads.submit((Callable<Answers>) () -> client(http, audited, plain, token, until)));
            }
            for (var client : clients) {
                all.audited().addAll(client.get().audited());
                all.plain().addAll(client.get().plain());
            }
        }
        return all;
    }

    private static Answers client(HttpClient http, URI audited, URI plain, String token, long until)
            throws IOException, InterruptedException {
        var answers = new Answers(new ArrayList<>(), new ArrayList<>());
        while (System.nanoTime() < until) {
            answers.audited().add(report(http, audited, token));
            answers.plain().add(report(http, plain, token));
        }
        return answers;
    }

    /** Reports, and answers how many milliseconds that took. */
    private static double report(HttpClient http, URI service, String token) throws IOException, InterruptedException {
        var request = report(service, token);
        long start = System.nanoTime();
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IllegalStateException("a report was answered " + answer.statusCode() + ": " + answer.body());
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static HttpRequest report(URI service, String token) {
        var body = """
                {"childId": "%s", "districtCode": "11350", "channel": "HOTLINE_112", "urgency": "ORDINARY",
                 "suspectedTypes": ["NEGLECT"], "narrative": "synthetic"}""".formatted(UUID.randomUUID());
        return HttpRequest.newBuilder(service.resolve("/api/v1/reports"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(body))
                .build();
    }
}
