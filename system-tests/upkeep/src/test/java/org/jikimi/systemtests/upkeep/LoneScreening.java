package org.jikimi.systemtests.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jikimi.city.City;
import org.jikimi.city.CityFiles;
import org.jikimi.city.DongCapacity;
import org.jikimi.city.Indicator;
import org.jikimi.systemtests.Rest;
import org.jikimi.testkit.TestTokens;
import org.jikimi.testkit.TestTokens.Bearer;
import org.jspecify.annotations.Nullable;

/** A screening-service without the other services, asked as data agencies and an analyst ask it. */
record LoneScreening(ServiceProcess process) {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Bearer ANALYST = TestTokens.of("analyst", "analyst");

    /** Has all agencies send what they have of a city. */
    void takeIn(City city, Path directory) throws IOException {
        new CityFiles(city).write(directory);
        send("resident-register", "child-batches", directory.resolve("children.ndjson"));
        for (var kind : Indicator.sourceKinds()) {
            var signals = directory.resolve("signals-" + kind + ".ndjson");
            if (Files.size(signals) > 0) {
                send(kind, "signal-batches", signals);
            }
        }
        var capacities = DongCapacity.of(city.children()).stream()
                .map(dong -> "{\"dongCode\":\"%s\",\"visitsPerRound\":%d}".formatted(dong.dongCode(), dong.visits()))
                .collect(Collectors.joining(",", "{\"items\":[", "]}"));
        change("dong-capacities", "dong-capacities", capacities);
    }

    private void send(String kind, String path, Path lines) throws IOException {
        var agency = TestTokens.of("agency-" + kind, "partner-agency").sourceKind(kind);
        var receipt = post(agency, path, null, "application/x-ndjson", BodyPublishers.ofFile(lines));
        assertThat(receipt.path("rejected").asInt()).as(kind + ": " + receipt).isZero();
    }

    /** Opens a round of the quarterly screening; answers its id. */
    String openQuarterly() throws IOException {
        var round = post(ANALYST, "rounds", null, "application/json", BodyPublishers.ofString("""
                {"programme":"QUARTERLY_SCREENING"}"""))
                .path("id")
                .asText();
        change("rounds/" + round, "rounds/" + round + "/opening", "");
        await("opened")
                .atMost(SOON)
                .until(() -> round(round).path("state").asText().equals("OPENED"));
        return round;
    }

    void orderScreening(String round) throws IOException {
        change("rounds/" + round, "rounds/" + round + "/screening", "");
    }

    /** The round, when its screening has been done. */
    JsonNode screened(String round) {
        return await("screened")
                .atMost(SOON)
                .until(
                        () -> round(round),
                        shown -> shown.path("state").asText().equals("SCREENED")
                                && shown.path("work").isNull());
    }

    JsonNode round(String round) {
        return read("rounds/" + round);
    }

    /** Flags and backlog by dong and rank, without the moment at which they were flagged. */
    List<JsonNode> flags(String round) {
        var flags = new ArrayList<JsonNode>();
        var path = "rounds/" + round + "/flags?limit=500";
        var page = read(path);
        page.path("items").forEach(flags::add);
        while (page.hasNonNull("next")) {
            page = read(path + "&cursor=" + page.path("next").asText());
            page.path("items").forEach(flags::add);
        }
        flags.forEach(flag -> ((ObjectNode) flag).remove("flaggedAt"));
        return flags;
    }

    private JsonNode read(String path) {
        try {
            return Rest.JSON.readTree(found(path).body());
        } catch (IOException away) {
            throw new UncheckedIOException(away);
        }
    }

    private HttpResponse<String> found(String path) throws IOException {
        var answer = sent(process.request("/api/v1/" + path).header("Authorization", "Bearer " + ANALYST.token()));
        assertThat(answer.statusCode()).as(answer + " " + answer.body()).isEqualTo(200);
        return answer;
    }

    private void change(String shown, String path, String body) throws IOException {
        var etag = found(shown).headers().firstValue("ETag").orElseThrow();
        post(ANALYST, path, etag, "application/json", BodyPublishers.ofString(body));
    }

    private JsonNode post(Bearer who, String path, @Nullable String etag, String type, BodyPublisher body)
            throws IOException {
        var request = process.request("/api/v1/" + path)
                .header("Authorization", "Bearer " + who.token())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Content-Type", type);
        if (etag != null) {
            request.header("If-Match", etag);
        }
        return FourServices.created(sent(request.POST(body)));
    }

    /** Asks again, under the same key, while the service has no connection to its database. */
    private HttpResponse<String> sent(HttpRequest.Builder request) {
        return await("answered").atMost(SOON).until(() -> process.send(request), answer -> answer.statusCode() != 503);
    }
}
