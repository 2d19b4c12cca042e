package org.jikimi.systemtests.running;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jikimi.local.Stack;
import org.jikimi.systemtests.Rest;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every operation that a service describes, asked for nonsense. */
@ExtendWith(RunningPlatform.class)
class GarbageTest {
    /** One user of each role that may do something. */
    private static final List<String> USERS = List.of(
            "supervisor-1",
            "operator-1",
            "analyst-1",
            "officer-11350",
            "investigator-11350",
            "police-11350",
            "cpa-1",
            "shelter-1",
            "gateway-112",
            "clinic-1",
            "school-1",
            "coaching-1",
            "welfare-11350",
            "auditor-1",
            "agency-clinic");

    private static final List<String> IDS = List.of("%00", "x", "1e999", "%ED%A0%80", "a".repeat(3_000), anId());
    private static final List<String> BODIES = List.of(
            "",
            "null",
            "[]",
            "{}",
            "{\"\\u0000\":\"\\u0000\"}",
            "{\"id\":\"\\u0000\",\"childId\":\"\\ud800\",\"state\":7,\"items\":[null],\"children\":[{}]}",
            "\"text\"",
            "1e999999");

    private final Rest rest;

    GarbageTest(Stack stack) {
        this.rest = new Rest(stack);
    }

    private record Operation(Rest.Service service, String method, String path, String mediaType) {}

    @ParameterizedTest
    @EnumSource
    void noOperationLetsAnybodyInWithoutAToken(Rest.Service service) {
        for (var operation : operations(service)) {
            var answer = rest.anonymous()
                    .header("Content-Type", operation.mediaType())
                    .send(operation.method(), service, operation.path().replaceAll("\\{[^}]+}", anId()));

            assertThat(answer.status()).as("%s: %s", operation, answer).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noOperationAnswersNonsenseWithAnInternalError(Rest.Service service) {
        var bad = new ArrayList<String>();
        for (var operation : operations(service)) {
            var user = whoMay(operation);
            for (var id : operation.path().contains("{") ? IDS : List.of("")) {
                for (var body : operation.method().equals("GET") ? List.of("") : BODIES) {
                    var answer = send(user, operation, id, body);
                    if (answer.status() >= 500 || (answer.status() >= 400 && !isProblem(answer))) {
                        bad.add("%s %s as %s with '%s': %s".formatted(operation, shortened(id), user, body, answer));
                    }
                }
            }
        }
        assertThat(bad).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void noListAnswersNonsenseInItsParametersWithAnInternalError(Rest.Service service) {
        var bad = new ArrayList<String>();
        for (var operation : operations(service)) {
            if (!operation.method().equals("GET")) {
                continue;
            }
            for (var query : List.of(
                    "limit=-1",
                    "limit=x",
                    "limit=99999999999",
                    "open=x",
                    "outstanding=x",
                    "cursor=x",
                    "cursor=%00",
                    "state=%00",
                    "due=never",
                    "districtCode=%00",
                    "from=%ED%A0%80")) {
                var path = operation.path().replaceAll("\\{[^}]+}", anId()) + "?" + query;
                var answer = rest.as("supervisor-1").send("GET", service, path);
                if (answer.status() >= 500 || (answer.status() >= 400 && !isProblem(answer))) {
                    bad.add(path + ": " + answer);
                }
            }
        }
        assertThat(bad).isEmpty();
    }

    /** Somebody whom the operation lets in, so that the nonsense gets past the door. */
    private String whoMay(Operation operation) {
        return USERS.stream()
                .filter(user -> send(user, operation, anId(), "{}").status() != 403)
                .findFirst()
                .orElse(USERS.getFirst());
    }

    private Rest.Answer send(String user, Operation operation, String id, String body) {
        var call = rest.as(user).header("If-Match", "\"1\"").header("Content-Type", operation.mediaType());
        var path = operation.path().replaceAll("\\{[^}]+}", id);
        return operation.method().equals("GET")
                ? call.send("GET", operation.service(), path)
                : call.send(
                        operation.method(),
                        operation.service(),
                        path,
                        java.net.http.HttpRequest.BodyPublishers.ofByteArray(body.getBytes(UTF_8)));
    }

    private List<Operation> operations(Rest.Service service) {
        var described = rest.anonymous().send("GET", service, "/q/openapi?format=json");
        assertThat(described.status()).isEqualTo(200);
        var operations = new ArrayList<Operation>();
        described
                .body()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> operations.add(new Operation(
                                service,
                                method.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                mediaType(method.getValue())))));
        operations.removeIf(operation ->
                !operation.path().startsWith("/api/") || !List.of("GET", "POST").contains(operation.method()));
        assertThat(operations).isNotEmpty();
        return operations;
    }

    private static String mediaType(JsonNode operation) {
        var types = operation.path("requestBody").path("content").fieldNames();
        return types.hasNext() ? types.next() : "application/json";
    }

    private static boolean isProblem(Rest.Answer answer) {
        return answer.type().startsWith("application/problem+json")
                && !answer.problem().isEmpty();
    }

    private static String anId() {
        return new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L).toString();
    }

    private static String shortened(String id) {
        return id.length() > 40 ? id.substring(0, 40) : id;
    }
}
