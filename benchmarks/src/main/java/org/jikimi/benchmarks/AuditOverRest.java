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
 * Clients that report suspected abuse by REST to the running case service, beside the same service with its audit taken
 * out, in turns of some seconds. Clients, both services and PostgreSQL share the machine.
 */
final class AuditOverRest {
    private static final int WRITERS = 16;
    private static final int WARM_UPS = 6;
    private static final int ROUNDS = 12; // even, as each begins where the one before ended
    private static final Duration TURN = Duration.ofSeconds(8);
    private static final double MOST = 5;

    private final Path directory;
    private final PrintStream progress;

    /** @param directory for the files of both services */
    AuditOverRest(Path directory, PrintStream progress) {
        this.directory = directory;
        this.progress = progress;
    }

    List<Figure> measure() throws IOException, InterruptedException, ExecutionException {
        var agent = "-javaagent:" + WithoutAudit.jar(directory);
        var here = Files.createDirectory(directory.resolve("audited"));
        var there = Files.createDirectory(directory.resolve("plain"));
        try (var audited = ServiceProcess.start("case-service", here, Map.of());
                var plain = ServiceProcess.start("case-service", there, Map.of(), agent)) {
            for (int turn = 0; turn < WARM_UPS; turn++) {
                turn(audited.address());
                turn(plain.address());
            }
            var with = new ArrayList<Double>();
            var without = new ArrayList<Double>();
            for (int round = 0; round < ROUNDS; round++) {
                boolean auditFirst = round % 2 == 1;
                if (auditFirst) {
                    with.add(turn(audited.address()));
                }
                without.add(turn(plain.address()));
                if (!auditFirst) {
                    with.add(turn(audited.address()));
                }
                progress.printf(
                        Locale.ROOT,
                        "audit by REST %d of %d: %,.0f reports/s with, %,.0f without: %.1f %%%n",
                        round + 1,
                        ROUNDS,
                        with.getLast(),
                        without.getLast(),
                        cost(with.getLast(), without.getLast()));
            }
            return figures(Bench.median(with), Bench.median(without));
        }
    }

    private static double cost(double with, double without) {
        return 100 * (1 - with / without);
    }

    private static List<Figure> figures(double with, double without) {
        double cost = cost(with, without);
        var writers = "%d clients".formatted(WRITERS);
        return List.of(
                new Figure(
                        "reports by REST with their audit row, " + writers,
                        with,
                        "reports/s",
                        without,
                        "the same service without audit",
                        "at least 95 % of it",
                        with >= 0.95 * without),
                new Figure(
                        "cost of audit by REST, " + writers, cost, "%", MOST, "the target", "at most 5", cost <= MOST));
    }

    /** Reports that were answered in a second. */
    private double turn(URI service) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        long until = start + TURN.toNanos();
        try (var http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                var writers = Executors.newFixedThreadPool(WRITERS)) {
            var counts = new ArrayList<Future<Long>>();
            for (int writer = 0; writer < WRITERS; writer++) {
                var caller = TestTokens.of("bench-gateway-" + writer, "report-gateway");
                counts.add(writers.submit(writer(http, service, caller.token(), until)));
            }
            long reports = 0;
            for (var count : counts) {
                reports += count.get();
            }
            return Bench.perSecond(reports, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private Callable<Long> writer(HttpClient http, URI service, String token, long until) {
        return () -> {
            long reports = 0;
            while (System.nanoTime() < until) {
                var answer = http.send(report(service, token), BodyHandlers.ofString());
                if (answer.statusCode() != 201) {
                    throw new IllegalStateException(
                            "a report was answered " + answer.statusCode() + ": " + answer.body());
                }
                reports++;
            }
            return reports;
        };
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
