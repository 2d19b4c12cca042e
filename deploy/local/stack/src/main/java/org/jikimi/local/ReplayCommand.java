package org.jikimi.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jikimi.city.story.KeycloakTokens;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the events that a service could not apply, and has them tried again. */
@Command(
        name = "replay",
        description = {
            "Without a service: names every event that waits in one of them, by child, with the reason; nothing is done.",
            "With one: tries its parked events again, each child's in their order, or those of one child. Do so when the"
                    + " cause is mended, such as by a version that knows a new code. Doing it twice does nothing twice.",
            "The exit code is 0 if nothing waits any more, else 1. It asks the services' own API, as operator-1."
        })
final class ReplayCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OPERATOR = "operator-1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Mixin
    private Jikimi.Where where = new Jikimi.Where();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SERVICE",
            description = "screening, case, referral or notification; with -service at its end or without")
    private @Nullable String module;

    @Parameters(index = "1", arity = "0..1", paramLabel = "CHILD", description = "the pseudonym; if not given, all")
    private @Nullable String child;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    @Override
    public Integer call() throws InterruptedException {
        var layout = where.layout();
        var secrets = layout.knownSecrets();
        var keycloak = URI.create("http://127.0.0.1:" + layout.ports().keycloak());
        try {
            var token = new KeycloakTokens(keycloak, secrets.sampleUsers()).token(OPERATOR);
            return module == null ? list(layout, token) : replay(layout, token, Service.named(module));
        } catch (ConnectException failure) {
            throw new StackFailure("The platform does not answer: ./jikimi up --empty starts it.", failure);
        } catch (IOException failure) {
            throw new StackFailure(
                    "The platform broke off its answer (" + failure.getMessage()
                            + "): ./jikimi status shows its parts.",
                    failure);
        }
    }

    private int list(Layout layout, String token) throws IOException, InterruptedException {
        var out = spec.commandLine().getOut();
        int waiting = 0;
        for (var service : Service.values()) {
            for (var event : parked(layout, token, service)) {
                out.printf(
                        "%-20s  %s  %-6s  %s %s, tried %d times, since %s%n",
                        service.module(),
                        event.path("key").asText(),
                        event.path("reason").asText(),
                        event.path("type").asText(),
                        event.path("code").asText(),
                        event.path("attempts").asInt(),
                        event.path("parkedAt").asText());
                waiting++;
            }
        }
        out.println(
                waiting == 0
                        ? "Nothing is parked."
                        : waiting + " parked. ./jikimi replay SERVICE tries them again once the cause is mended.");
        return waiting == 0 ? 0 : 1;
    }

    private int replay(Layout layout, String token, Service service) throws IOException, InterruptedException {
        var out = spec.commandLine().getOut();
        var keys = new LinkedHashSet<String>();
        parked(layout, token, service)
                .forEach(event -> keys.add(event.path("key").asText()));
        if (child != null) {
            keys.removeIf(key -> !key.equals(child));
        }
        long waiting = 0;
        for (var key : keys) {
            waiting += replay(layout, token, service, key, out);
        }
        var nothing = child == null ? "Nothing is parked." : "Nothing of this child is parked.";
        out.println(keys.isEmpty() ? nothing : keys.size() + " replayed, " + waiting + " still parked.");
        return waiting == 0 ? 0 : 1;
    }

    /** Answers how many of the key still wait. */
    private long replay(Layout layout, String token, Service service, String key, PrintWriter out)
            throws IOException, InterruptedException {
        var request = request(layout, token, service, "/api/v1/parked-events/replays")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("key", key))));
        var answer = send(request);
        if (answer.path("status").asInt() == 404) { // somebody else was quicker
            return 0;
        }
        out.printf(
                "%-20s  %s  applied %d, still parked %d%n",
                service.module(),
                key,
                answer.path("applied").asLong(),
                answer.path("waiting").asLong());
        return answer.path("waiting").asLong();
    }

    private List<JsonNode> parked(Layout layout, String token, Service service)
            throws IOException, InterruptedException {
        var events = Stream.<JsonNode>builder();
        var cursor = "";
        do {
            var page = send(request(layout, token, service, "/api/v1/parked-events?limit=500" + cursor));
            page.path("items").forEach(events::add);
            cursor = page.path("next").isTextual()
                    ? "&cursor=" + page.path("next").asText()
                    : "";
        } while (!cursor.isEmpty());
        return events.build().toList();
    }

    private static HttpRequest.Builder request(Layout layout, String token, Service service, String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + layout.ports().of(service) + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token);
    }

    /** Answers the body, a problem of 404 too. */
    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = http.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() != 200 && response.statusCode() != 404) {
            throw new StackFailure(
                    response.uri().getPath() + " answered " + response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }
}
