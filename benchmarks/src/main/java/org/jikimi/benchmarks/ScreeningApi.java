package org.jikimi.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jikimi.testkit.TestTokens;

/** The screening service's public REST surface, as agencies and analysts use it. */
final class ScreeningApi {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI address;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    ScreeningApi(URI address) {
        this.address = address;
    }

    /** Sends a file of lines as a data agency of that kind would, and answers the receipt. */
    JsonNode sendBatch(String path, String sourceKind, Path lines) throws IOException {
        return sendBatch(path, sourceKind, BodyPublishers.ofFile(lines));
    }

    JsonNode sendBatch(String path, String sourceKind, BodyPublisher lines) throws IOException {
        return send(to(path, agency(sourceKind))
                .header("Content-Type", "application/x-ndjson")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(lines));
    }

    /** Sends one signal as an agency of that kind would. */
    JsonNode sendSignal(String sourceKind, String signal) throws IOException {
        return send(to("/api/v1/signals", agency(sourceKind))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(signal)));
    }

    JsonNode post(String path, String body) throws IOException {
        return send(to(path, analyst())
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(body)));
    }

    /** Changes what a GET of the same path shows. */
    JsonNode change(String path, String body) throws IOException {
        var etag = exchange(to(path, analyst()).GET()).headers().firstValue("ETag");
        return send(to(path, analyst())
                .header("Content-Type", "application/json")
                .header("If-Match", etag.orElseThrow())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(body)));
    }

    /** Changes a shared record whose version is known. */
    JsonNode change(String path, long version) throws IOException {
        return send(to(path, analyst())
                .header("If-Match", "\"" + version + "\"")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.noBody()));
    }

    JsonNode get(String path) throws IOException {
        return send(to(path, analyst()).GET());
    }

    /** Seconds that the service has spent in each step of its bulk work, by the name of the step. */
    Map<String, Double> steps() throws IOException {
        var steps = new HashMap<String, Double>();
        var name = "jikimi_screening_step_seconds_sum{";
        var text =
                exchange(HttpRequest.newBuilder(address.resolve("/q/metrics")).GET());
        text.body().lines().filter(line -> line.startsWith(name)).forEach(line -> {
            var step = line.replaceFirst(".*step=\"([a-z-]+)\".*", "$1");
            steps.merge(step, Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)), Double::sum);
        });
        return steps;
    }

    private static TestTokens.Bearer agency(String sourceKind) {
        return TestTokens.of("bench-" + sourceKind, "partner-agency").sourceKind(sourceKind);
    }

    private static TestTokens.Bearer analyst() {
        return TestTokens.of("bench-analyst", "analyst");
    }

    private HttpRequest.Builder to(String path, TestTokens.Bearer caller) {
        return HttpRequest.newBuilder(address.resolve(path)).header("Authorization", "Bearer " + caller.token());
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException {
        var response = exchange(request);
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(
                    response.uri().getPath() + " answered " + response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted", e);
    }
}
