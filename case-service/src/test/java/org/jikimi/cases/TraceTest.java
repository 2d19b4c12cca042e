package org.jikimi.cases;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.jikimi.cases.Requests.DISTRICT;
import static org.jikimi.cases.Requests.gateway;
import static org.jikimi.cases.Requests.officer;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.event.Headers;
import org.jikimi.runtime.event.Tracing;
import org.jikimi.testkit.Parts;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.Spans;
import org.junit.jupiter.api.Test;

/** A flag is heard, and an officer visits: what the spans of the running service tell of it, and what they do not. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class TraceTest {
    private static final String SENDER = "b7ad6b7169203331";
    private static final String SENT_WITH = "00-0af7651916cd43dd8448eb211c80319c-" + SENDER + "-01";
    private static final String NOTE = "표식메모";
    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    Spans spans;

    @Inject
    @DataSource("owner")
    javax.sql.DataSource database;

    private final UUID flag = EventIds.next();
    private final UUID child = EventIds.next();

    @Test
    void aStoryIsFollowedFromTheEventHeardToTheVisitMadeByLinksAndItsCorrelation() throws Exception {
        hear();
        var visit = visitOfTheFlag();

        var applied = await().atMost(SOON).until(() -> ofTheStory("apply ChildFlagged"), spansOf -> !spansOf.isEmpty());
        assertThat(links(applied.getFirst())).containsExactly(SENDER);
        assertThat(traceparents("VisitPlanned")).containsOnly(traceparent(applied.getFirst()));
        assertThat(spans.named("apply batch").stream()
                        .filter(batch -> links(batch).contains(SENDER)))
                .singleElement()
                .extracting(SpanData::getParentSpanId)
                .isEqualTo(SpanId.getInvalid());

        attempt(visit);

        var request = await().atMost(SOON)
                .until(() -> ofTheStory("POST /api/v1/visits/{id}/attempts"), spansOf -> !spansOf.isEmpty())
                .getFirst();
        assertThat(request.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(request.getTraceId())
                .as("a trace of its own")
                .isNotEqualTo(applied.getFirst().getTraceId());
        assertThat(links(request)).containsOnly(applied.getFirst().getSpanId());
        assertThat(traceparents("VisitAttempted")).containsOnly(traceparent(request));
    }

    @Test
    void noSpanTellsOfAChildOfAnIdInAPathOrOfWhatWasSent() throws Exception {
        hear();
        var visit = visitOfTheFlag();
        attempt(visit);
        officer(DISTRICT).get("/api/v1/visits?childId=" + child + "&state=" + NOTE);
        officer(DISTRICT).get("/api/v1/visits/" + child);
        officer(DISTRICT).get("/api/v1/nowhere/" + child + "/" + NOTE);
        Requests.post(gateway(), "/api/v1/reports", "{\"narrative\":\"" + NOTE + "\",\"childId\":\"" + child + "\"}");

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(spans.named("POST /api/v1/reports")).isNotEmpty());
        var path = visit.substring(visit.lastIndexOf('/') + 1);
        assertThat(spans.ended())
                .allSatisfy(span -> assertThat(
                                span.getName() + span.getAttributes() + span.getEvents() + span.getStatus())
                        .doesNotContain(child.toString(), path, NOTE, "officer-", "127.0.0.1:", "Apache-HttpClient"));
    }

    private void hear() throws Exception {
        var event = new ProducerRecord<String, byte[]>(
                "ChildFlagged", child.toString(), flagged().getBytes(UTF_8));
        event.headers()
                .add("ce_id", EventIds.next().toString().getBytes(UTF_8))
                .add("ce_type", "org.jikimi.screening.ChildFlagged.v1".getBytes(UTF_8))
                .add("ce_correlationid", flag.toString().getBytes(UTF_8))
                .add("traceparent", SENT_WITH.getBytes(UTF_8));
        try (var kafka = new KafkaProducer<>(
                Map.of("bootstrap.servers", Parts.kafka().bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            kafka.send(event).get();
        }
    }

    private String flagged() {
        return """
                {"flagId":"%s","version":1,"state":"FLAGGED","childId":"%s","districtCode":"%s","dongCode":"1135056000",
                "householdId":"%s","siblingIds":[],"score":87,"reasons":[],"urgent":true,"modelVersion":"2026.2",
                "asOf":"2026-10-01","flaggedAt":"2026-11-02T00:00:00Z"}""".formatted(flag, child, DISTRICT, EventIds.next());
    }

    private String visitOfTheFlag() {
        return "/api/v1/visits/"
                + await().atMost(SOON)
                        .until(
                                () -> officer(DISTRICT)
                                        .get("/api/v1/visits?limit=500")
                                        .jsonPath()
                                        .getString("items.find { it.correlationId == '" + flag + "' }?.id"),
                                id -> id != null && !id.isEmpty());
    }

    private static void attempt(String visit) {
        Requests.change(officer(DISTRICT), visit, "/attempts", "{\"result\":\"NO_ANSWER\"}")
                .then()
                .statusCode(200);
    }

    private List<SpanData> ofTheStory(String name) {
        Predicate<SpanData> ours =
                span -> flag.toString().equals(span.getAttributes().get(Tracing.CORRELATION));
        return spans.named(name).stream().filter(ours).toList();
    }

    private List<String> traceparents(String type) throws SQLException {
        var found = new ArrayList<String>();
        try (var connection = database.getConnection();
                var select = connection.prepareStatement("SELECT headers FROM outbox WHERE type = ? AND key = ?")) {
            select.setString(1, type);
            select.setString(2, child.toString());
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(Headers.read(rows.getString(1)).getOrDefault("traceparent", "none"));
                }
            }
        }
        return found;
    }

    private static List<String> links(SpanData span) {
        return span.getLinks().stream()
                .map(LinkData::getSpanContext)
                .map(context -> context.getSpanId())
                .toList();
    }

    private static String traceparent(SpanData span) {
        return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-01";
    }
}
