package org.jikimi.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is told; the services behind it are stood in for, {@code RunbookTest} asks the real ones. */
class ReplayCommandTest {
    private static final String CHILD = "019a6f0e-52c1-7d35-9e0b-6a3f0c1d2e4f";
    private static final String SIBLING = "019a6f0e-52c1-7d35-9e0b-6a3f0c1d2e50";

    @TempDir
    private Path temp;

    private final List<HttpServer> servers = new ArrayList<>();
    /** The keys that wait in the case service, and what is left of each after a replay. */
    private final Map<String, Integer> parked = new LinkedHashMap<>();

    private final List<String> replayed = new ArrayList<>();
    private Layout layout = new Layout(Path.of(""), Path.of(""));

    @BeforeEach
    void aStack() {
        layout = new Layout(Path.of(System.getProperty("jikimi.root")), temp.resolve("data"));
        layout.prepare();
        layout.writePorts(Ports.free());
        Secrets.in(layout.secrets());
    }

    @AfterEach
    void end() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void whereNothingWaitsItSaysSo() throws IOException {
        start();

        assertThat(jikimi()).isEqualTo(new LocalDatabases.Ended(0, line("Nothing is parked."), ""));
        assertThat(jikimi("case", CHILD).out()).isEqualTo(line("Nothing of this child is parked."));
    }

    @Test
    void whatWaitsIsNamedWithItsReasonAndNothingIsDone() throws IOException {
        parked.put(CHILD, 0);
        start();

        var ended = jikimi();

        assertThat(ended.code()).isOne();
        assertThat(ended.out())
                .contains(
                        "case-service          " + CHILD + "  FAILED  ChildFlagged unknown-state, tried 2 times",
                        "1 parked. ./jikimi replay SERVICE tries them again");
        assertThat(replayed).isEmpty();
    }

    @Test
    void eachChildOfTheServiceIsTriedOnceOrTheOneThatIsNamedAlone() throws IOException {
        parked.put(CHILD, 0);
        parked.put(SIBLING, 3);
        start();

        assertThat(jikimi("case", CHILD).code()).isZero();
        assertThat(replayed).containsExactly(CHILD);
        var all = jikimi("case-service");

        assertThat(all.code()).isOne();
        assertThat(all.out()).contains(SIBLING + "  applied 1, still parked 3", "2 replayed, 3 still parked.");
        assertThat(replayed).containsExactly(CHILD, CHILD, SIBLING);
    }

    @Test
    void aStackThatIsDownIsToldInOneSentence() {
        assertThat(jikimi())
                .isEqualTo(new LocalDatabases.Ended(
                        1, "", line("jikimi: The platform does not answer: ./jikimi up --empty starts it.")));
    }

    private LocalDatabases.Ended jikimi(String... arguments) {
        var command = new ArrayList<>(List.of("replay"));
        command.addAll(List.of(arguments));
        return LocalDatabases.jikimi(layout, command.toArray(String[]::new));
    }

    private static String line(String text) {
        return text + System.lineSeparator();
    }

    private void start() throws IOException {
        serve(layout.ports().keycloak(), call -> "{\"access_token\":\"t\",\"expires_in\":300}");
        for (var service : Service.values()) {
            serve(layout.ports().of(service), call -> service == Service.CASE ? caseService(call) : "{\"items\":[]}");
        }
    }

    private String caseService(HttpExchange call) throws IOException {
        if (call.getRequestMethod().equals("GET")) {
            var events = parked.keySet().stream()
                    .map(
                            "{\"key\":\"%s\",\"reason\":\"FAILED\",\"type\":\"ChildFlagged\",\"code\":\"unknown-state\",\"attempts\":2}"
                                    ::formatted)
                    .toList();
            return "{\"items\":" + events + ",\"next\":null}";
        }
        assertThat(call.getRequestHeaders().getFirst("Authorization")).isEqualTo("Bearer t");
        assertThat(call.getRequestHeaders().getFirst("Idempotency-Key")).isNotBlank();
        var body = new String(call.getRequestBody().readAllBytes(), UTF_8);
        var key = parked.keySet().stream().filter(body::contains).findFirst().orElseThrow();
        replayed.add(key);
        return "{\"applied\":1,\"waiting\":%d}".formatted(parked.get(key));
    }

    @FunctionalInterface
    private interface Answer {
        String to(HttpExchange call) throws IOException;
    }

    private void serve(int port, Answer answer) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", call -> {
            try (call) {
                var body = answer.to(call).getBytes(UTF_8);
                call.sendResponseHeaders(200, body.length);
                call.getResponseBody().write(body);
            }
        });
        server.start();
        servers.add(server);
    }
}
