package org.jikimi.cases;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.jikimi.cases.Requests.as;
import static org.jikimi.cases.Requests.investigator;
import static org.jikimi.cases.Requests.post;
import static org.jikimi.cases.Requests.problem;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jikimi.contracts.EventTypes;
import org.jikimi.contracts.screening.v1.ChildFlagged;
import org.jikimi.runtime.boot.KafkaSettings;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.junit.jupiter.api.Test;

/** An operator and the events that the service could not apply. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class ParkedEventsApiTest {
    private static final String PARKED = "/api/v1/parked-events";
    private static final String REPLAYS = PARKED + "/replays";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    KafkaSettings kafka;

    @Inject
    @DataSource("owner")
    javax.sql.DataSource owner;

    @Test
    void anUnknownCodeWaitsUntilAVersionThatKnowsItIsToldToReplayIt() throws Exception {
        var child = EventIds.next().toString();
        send(flag(child, "FLAGGED_BY_A_LATER_VERSION"));
        send(flag(child, "FLAGGED"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(waiting(child))
                        .containsExactly("FAILED unknown-state 1", "BEHIND BEHIND_A_FAILED_EVENT 1"));

        post(operator(), REPLAYS, "{\"key\":\"" + child + "\"}")
                .then()
                .statusCode(200)
                .body("applied", equalTo(0))
                .body("waiting", equalTo(2));
        assertThat(waiting(child)).containsExactly("FAILED unknown-state 2", "BEHIND BEHIND_A_FAILED_EVENT 1");
        theCodeIsKnownNow(child);
        post(operator(), REPLAYS, "{\"key\":\"" + child + "\"}")
                .then()
                .statusCode(200)
                .body("key", equalTo(child))
                .body("applied", equalTo(2))
                .body("waiting", equalTo(0));

        assertThat(waiting(child)).isEmpty();
        assertThat(TestDatabase.query(
                        owner,
                        "SELECT DISTINCT type FROM outbox WHERE type = 'VisitPlanned' AND key = '" + child + "'"))
                .containsExactly("VisitPlanned");
        assertThat(TestDatabase.query(
                        owner,
                        "SELECT action FROM audit WHERE action = 'parked-event.replay' AND subjects::text LIKE '%"
                                + child + "%'"))
                .as("audit rows of the two replays")
                .hasSize(2);
    }

    @Test
    void theContentOfAParkedEventIsNotShown() throws Exception {
        var child = EventIds.next().toString();
        send(flag(child, "FLAGGED_BY_A_LATER_VERSION"));
        await().atMost(SOON).until(() -> !waiting(child).isEmpty());

        var shown = operator()
                .get(PARKED + "?limit=500")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        assertThat(shown).contains(child).doesNotContain("FLAGGED_BY_A_LATER_VERSION", "districtCode");
    }

    @Test
    void aReplayOfNothingIsNotFoundAndAKeyMustBeGiven() {
        post(operator(), REPLAYS, "{\"key\":\"" + UUID.randomUUID() + "\"}")
                .then()
                .statusCode(404)
                .body("type", equalTo(problem("not-found")));
        post(operator(), REPLAYS, "{}").then().statusCode(422).body("field", equalTo("key"));
        operator().get(PARKED + "?reason=LATE").then().statusCode(400);
    }

    @Test
    void onlyOperatorsReplayAndAuditorsMayLook() {
        post(investigator(), REPLAYS, "{\"key\":\"x\"}").then().statusCode(403);
        investigator().get(PARKED).then().statusCode(403);
        given().get(PARKED).then().statusCode(401);
        auditor().get(PARKED).then().statusCode(200);
        post(auditor(), REPLAYS, "{\"key\":\"x\"}").then().statusCode(403);
    }

    private static RequestSpecification operator() {
        return as(TestTokens.of("operator-1", "operator"));
    }

    private static RequestSpecification auditor() {
        return as(TestTokens.of("auditor-1", "auditor"));
    }

    private static List<String> waiting(String child) {
        return operator()
                .get(PARKED + "?limit=500")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.findAll { it.key == '%s' }.collect { it.reason + ' ' + it.code + ' ' + it.attempts }"
                        .formatted(child));
    }

    /** Stands in for the next version of the service, which would read the same bytes otherwise. */
    private void theCodeIsKnownNow(String child) throws SQLException {
        TestDatabase.execute(owner, """
                UPDATE inbox_parked SET payload =
                    convert_to(replace(convert_from(payload, 'UTF8'), 'FLAGGED_BY_A_LATER_VERSION', 'FLAGGED'), 'UTF8')
                WHERE key = '%s'""".formatted(child));
    }

    private static ObjectNode flag(String child, String state) throws IOException {
        var type = EventTypes.of(ChildFlagged.class);
        try (var golden = Objects.requireNonNull(
                ParkedEventsApiTest.class.getClassLoader().getResourceAsStream(type.goldenResource()))) {
            var flag = (ObjectNode) JSON.readTree(golden);
            return flag.put("childId", child)
                    .put("flagId", EventIds.next().toString())
                    .put("householdId", EventIds.next().toString())
                    .put("state", state);
        }
    }

    private void send(ObjectNode flag) throws Exception {
        var type = EventTypes.of(ChildFlagged.class);
        var event = new ProducerRecord<>(type.topic(), flag.path("childId").asText(), JSON.writeValueAsBytes(flag));
        event.headers().add("ce_id", EventIds.next().toString().getBytes(UTF_8));
        event.headers().add("ce_type", type.ceType().getBytes(UTF_8));
        try (var producer = new KafkaProducer<>(kafka.common(), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(event).get();
        }
    }
}
