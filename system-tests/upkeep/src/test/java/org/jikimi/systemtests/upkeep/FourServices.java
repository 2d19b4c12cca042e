package org.jikimi.systemtests.upkeep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.jikimi.systemtests.Rest;
import org.jikimi.testkit.TestKafka;
import org.jikimi.testkit.TestPostgres;
import org.jikimi.testkit.TestTokens.Bearer;
import org.jspecify.annotations.Nullable;

/** The four services on a PostgreSQL, a Kafka and a simulated clock of a test's own. */
final class FourServices implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(60);

    private final Path clock;
    private final Map<String, ServiceProcess> services = new LinkedHashMap<>();
    private final Map<String, String> databases = new LinkedHashMap<>();

    private FourServices(Path clock) {
        this.clock = clock;
    }

    /**
     * Starts them, and waits until they are ready.
     *
     * @param more configuration of all of them, which those heed whom it concerns
     */
    static FourServices start(TestPostgres postgres, TestKafka kafka, Path directory, Map<String, String> more)
            throws IOException {
        var started = new FourServices(directory.resolve("clock"));
        started.clockIsAheadBy("PT0S");
        for (var service : List.of("screening", "case", "referral", "notification")) {
            var own = Files.createDirectories(directory.resolve(service));
            var config = LoneService.config(service, postgres, kafka, own);
            started.databases.put(service, config.get("jikimi.db.url"));
            config.put("jikimi.clock.simulated", "true");
            config.put("jikimi.clock.offset-file", started.clock.toString());
            config.putAll(more);
            started.services.put(service, ServiceProcess.start(service + "-service", config, directory));
        }
        started.services.values().forEach(ServiceProcess::awaitReady);
        return started;
    }

    /** Lets time go on, by an ISO 8601 duration since the start. */
    void clockIsAheadBy(String duration) throws IOException {
        Files.writeString(clock, duration);
    }

    Set<String> names() {
        return services.keySet();
    }

    @Override
    public void close() {
        services.values().forEach(ServiceProcess::close);
    }

    JsonNode found(String service, Bearer who, String path, Predicate<JsonNode> isMeant) {
        return await(path)
                .atMost(SOON)
                .until(
                        () -> StreamSupport.stream(
                                        read(service, who, path).path("items").spliterator(), false)
                                .filter(isMeant)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    String state(String service, Bearer who, String path) {
        return read(service, who, path).path("state").asText();
    }

    JsonNode change(String service, Bearer who, String path, String action, String body) throws IOException {
        return created(post(service, who, path + "/" + action, etag(service, who, path), body));
    }

    static JsonNode created(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer + " " + answer.body()).isBetween(200, 202);
        return Rest.JSON.readTree(answer.body());
    }

    JsonNode read(String service, Bearer who, String path) {
        try {
            var answer = get(service, who, path);
            assertThat(answer.statusCode()).as(answer + " " + answer.body()).isEqualTo(200);
            return Rest.JSON.readTree(answer.body());
        } catch (IOException away) {
            throw new UncheckedIOException(away);
        }
    }

    int status(String service, Bearer who, String path) throws IOException {
        return get(service, who, path).statusCode();
    }

    String etag(String service, Bearer who, String path) throws IOException {
        return get(service, who, path).headers().firstValue("ETag").orElseThrow();
    }

    HttpResponse<String> get(String service, Bearer who, String path) throws IOException {
        var process = Objects.requireNonNull(services.get(service));
        return process.send(process.request("/api/v1/" + path).header("Authorization", "Bearer " + who.token()));
    }

    HttpResponse<String> post(String service, Bearer who, String path, @Nullable String etag, String body)
            throws IOException {
        return send(service, who, path, etag, "application/json", body);
    }

    HttpResponse<String> send(String service, Bearer who, String path, @Nullable String etag, String type, String body)
            throws IOException {
        var process = Objects.requireNonNull(services.get(service));
        var request = process.request("/api/v1/" + path)
                .header("Authorization", "Bearer " + who.token())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Content-Type", type);
        if (etag != null) {
            request.header("If-Match", etag);
        }
        return process.send(request.POST(BodyPublishers.ofString(body)));
    }

    /** The tables but some in which one of the texts stands in any column, whatever its type. */
    List<String> traces(String service, List<String> texts, String but) throws SQLException {
        var found = new ArrayList<String>();
        try (var database = DriverManager.getConnection(databases.get(service), "postgres", "");
                var statement = database.createStatement()) {
            var tables = new ArrayList<String>();
            try (var rows = statement.executeQuery("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
                tables.removeIf(table -> table.matches(but));
            }
            for (var table : tables) {
                for (var text : texts) {
                    var hex = HexFormat.of().formatHex(text.getBytes(UTF_8));
                    try (var rows = statement.executeQuery(
                            "SELECT 1 FROM %s t WHERE strpos(t::text, '%s') > 0 OR strpos(t::text, '%s') > 0 LIMIT 1"
                                    .formatted(table, text, hex))) {
                        if (rows.next()) {
                            found.add(table);
                        }
                    }
                }
            }
        }
        return found;
    }

    int openWorkOf(String child) throws SQLException {
        try (var database = DriverManager.getConnection(databases.get("screening"), "postgres", "");
                var statement = database.createStatement();
                var row = statement.executeQuery("""
                        SELECT count(*) FROM (SELECT child_id FROM open_work WHERE open
                                              UNION ALL SELECT child_id FROM open_help WHERE open) AS kept
                        WHERE child_id = '%s'""".formatted(child))) {
            row.next();
            return row.getInt(1);
        }
    }
}
