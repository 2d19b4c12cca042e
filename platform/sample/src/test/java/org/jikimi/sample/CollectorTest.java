package org.jikimi.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.junit.jupiter.api.Test;

/** A service that is told of a collector of traces, as {@code OTEL_EXPORTER_OTLP_ENDPOINT} does. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
@TestProfile(CollectorTest.WithACollector.class)
class CollectorTest {
    /** A profile has an application to itself; after one with a restricted resource the next test's showed no metrics. */
    public static final class WithACollector implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(Collector.class));
        }
    }

    private static final String MARK = "marked-9776";

    private Collector collector = new Collector();

    @Test
    void itsSpansReachTheCollectorAndTellNeitherIdsNorMessagesNorWhoAsked() {
        var note = UUID.randomUUID().toString();

        get("/api/v1/notes/" + note + "?stars=5&cursor=" + MARK);
        get("/api/v1/notes/broken?text=" + MARK);
        get("/api/v1/" + MARK + "/" + note);
        get("/api/v1/notes?stars=7");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(collector.sent())
                        .contains("GET /api/v1/notes/{id}", "GET /api/v1/notes/broken", "GET /api/v1/notes", "sample"));
        assertThat(collector.sent())
                .doesNotContain(note, MARK, "the secret of note 7", "stars=", "Apache-HttpClient", "127.0.0.1\"");
    }

    private static void get(String path) {
        RestAssured.given()
                .auth()
                .preemptive()
                .oauth2(TestTokens.of("reader-" + MARK, "reader")
                        .districts("11110")
                        .token())
                .get(path);
    }
}
