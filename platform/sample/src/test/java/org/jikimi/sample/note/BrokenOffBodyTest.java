package org.jikimi.sample.note;

import static io.restassured.RestAssured.get;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.jikimi.sample.note.NoteRequests.NOTES;
import static org.jikimi.sample.note.NoteRequests.WRITER;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jikimi.testkit.ServiceParts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sender who goes away in the middle of a body is no incident of the service. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class BrokenOffBodyTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    /** Told when the body is being read. */
    private static final String CONTINUE = "HTTP/1.1 100 Continue";

    private static final Logger LOG = Logger.getLogger("org.jikimi.runtime.rest");

    private final List<LogRecord> told = new CopyOnWriteArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord line) {
            told.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(listener);
    }

    @AfterEach
    void listenNoMore() {
        LOG.removeHandler(listener);
    }

    @ParameterizedTest
    @CsvSource({
        "'', application/json, false",
        "'', application/json, true",
        "/lines, text/plain, false",
        "/lines, text/plain, true",
    })
    void itIsToldInPassingAndCountedAsNoFailureOfOurs(String path, String type, boolean reset) throws IOException {
        double failures = failures();

        try (var sender = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            sender.setSoTimeout((int) SOON.toMillis());
            sender.getOutputStream().write(heading(path, type, 1_000).getBytes(US_ASCII));
            assertThat(new String(sender.getInputStream().readNBytes(CONTINUE.length()), US_ASCII))
                    .isEqualTo(CONTINUE);
            sender.getOutputStream().write("{\"text\":\"a third of".getBytes(US_ASCII));
            sender.setSoLinger(reset, 0);
        }

        await().atMost(SOON).untilAsserted(() -> assertThat(told).isNotEmpty());
        assertThat(told).extracting(LogRecord::getLevel).containsOnly(Level.INFO);
        assertThat(told).noneMatch(line -> line.getMessage().startsWith("Incident"));
        assertThat(failures()).isEqualTo(failures);
    }

    @Test
    void whatFailsWhileTheBodyComesWholeStaysAnIncident() {
        NoteRequests.as(WRITER)
                .contentType("text/plain")
                .body("fail")
                .post(NOTES + "/lines")
                .then()
                .statusCode(500);

        assertThat(told).anyMatch(line -> line.getMessage().startsWith("Incident"));
    }

    private static String heading(String path, String type, int length) {
        return """
                POST %s%s HTTP/1.1
                Host: 127.0.0.1
                Authorization: Bearer %s
                Idempotency-Key: broken-off
                Content-Type: %s
                Content-Length: %d
                Expect: 100-continue

                """.formatted(NOTES, path, WRITER.token(), type, length).replace("\n", "\r\n");
    }

    private static double failures() {
        return get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .filter(line -> line.startsWith("http_server_requests_seconds_count{") && line.contains("status=\"5"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
