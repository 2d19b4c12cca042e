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
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.jikimi.testkit.TestTokens;

/**
 * Clients that report suspected abuse by REST to the running case service, beside the same service with its audit taken
 * out, in turns of some seconds. Clients, both services and PostgreSQL share the machine.
 */
final class AuditOverRest {
    private static final int WARM_UPS = 20;
    private static final int ROUNDS = 80; // even, as each begins where the one before ended
    private static final Duration TURN = Duration.ofSeconds(2);
    private static final double MOST = 5;

    private final Path directory;
    private final PrintStream progress;

    /** @param directory for the files of both services */
    AuditOverRest(Path directory, PrintStream progress) {
        this.directory = directory;
        this.progress = progress;
    }

    List<Figure> measure() throws Exception {
        var agent = "-javaagent:" + WithoutAudit.jar(directory);
        var here = Files.createDirectory(directory.resolve("audited"));
        var there = Files.createDirectory(directory.resolve("plain"));
        try (var audited = ServiceProcess.start("case-service", here, Map.of());
                var plain = ServiceProcess.start("case-service", there, Map.of(), agent)) {
            for (int turn = 0; turn < WARM_UPS; turn++) {
                turn(audited.address());
                turn(plain.address());
            }
            var turns =
                    Turns.of("by REST", ROUNDS, () -> turn(audited.address()), () -> turn(plain.address()), progress);
            requireRows(audited, true);
            requireRows(plain, false);
            return figures(turns);
        }
    }

    /** Or what was measured is not what it is called. */
    private static void requireRows(ServiceProcess service, boolean audited) throws SQLException {
        try (var connection = service.connect();
                var statement = connection.createStatement();
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

    private static List<Figure> figures(Turns turns) {
        var writers = "%d clients".formatted(Turns.WRITERS);
        return List.of(
                new Figure(
                        "reports by REST with their audit row, " + writers,
                        turns.with(),
                        "reports/s",
                        turns.without(),
                        "the same service without audit",
                        "at least 95 % of it",
                        turns.with() >= 0.95 * turns.without()),
                new Figure(
                        "cost of audit by REST, mean and two standard errors, " + writers,
                        turns.cost() + 2 * turns.error(),
                        "%",
                        MOST,
                        "the target; the mean alone is %.1f".formatted(turns.cost()),
                        "at most 5",
                        turns.cost() + 2 * turns.error() <= MOST));
    }

    /** Reports that were answered in a second. */
    private static double turn(URI service) throws InterruptedException, ExecutionException {
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return Turns.rate(TURN, number -> {
                var token = TestTokens.of("bench-gateway-" + number, "report-gateway")
                        .token();
                return until -> work(http, service, token, until);
            });
        }
    }

    private static long work(HttpClient http, URI service, String token, long until)
            throws IOException, InterruptedException {
        long reports = 0;
        while (System.nanoTime() < until) {
            var answer = http.send(report(service, token), BodyHandlers.ofString());
            if (answer.statusCode() != 201) {
                throw new IllegalStateException("a report was answered " + answer.statusCode() + ": " + answer.body());
            }
            reports++;
        }
        return reports;
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
