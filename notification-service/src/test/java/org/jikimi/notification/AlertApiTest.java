package org.jikimi.notification;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.jikimi.notification.alert.Addressee;
import org.jikimi.notification.alert.AlertCause;
import org.jikimi.notification.alert.AlertDraft;
import org.jikimi.notification.alert.AlertKind;
import org.jikimi.notification.alert.AlertSubject;
import org.jikimi.notification.alert.RaiseAlert;
import org.jikimi.notification.alert.RecipientRole;
import org.jikimi.notification.alert.Severity;
import org.jikimi.notification.alert.SubjectType;
import org.jikimi.notification.subscription.TestSubscriptions;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.time.Times;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The public surface of the running service, with its real database, Kafka and tokens. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class AlertApiTest {
    @Inject
    RaiseAlert raise;

    @Inject
    Transactions transactions;

    @Inject
    Times times;

    private final UUID correlation = UUID.randomUUID();
    private String id = "";

    @BeforeEach
    void anAlertIsRaised() throws SQLException {
        var visit = UUID.randomUUID();
        var draft = new AlertDraft(
                "visit-planned",
                AlertKind.VISIT_PLANNED,
                Severity.INFO,
                new Addressee(RecipientRole.DONG_OFFICER, "11110", null),
                new AlertSubject(SubjectType.VISIT, visit, visit, visit),
                new AlertCause(UUID.randomUUID(), "VisitPlanned", correlation),
                null,
                times.now().plus(Duration.ofDays(1)),
                times.now());
        transactions.run(tx -> raise.raise(tx, draft));
        id = officer("11110").get("/api/v1/alerts?correlationId=" + correlation).path("items[0].id");
    }

    @Test
    void anOfficerListsTheAlertsOfOneFlagWithTheirDeliveries() {
        officer("11110")
                .get("/api/v1/alerts?correlationId=" + correlation)
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].state", equalTo("RAISED"))
                .body("items[0].recipientRole", equalTo("dong-officer"))
                .body("items[0].correlationId", equalTo(correlation.toString()))
                .body("items[0].deliveries", hasSize(1))
                .body("next", nullValue());
    }

    @Test
    void anAlertIsAcknowledgedOnceAgainstTheVersionThatWasRead() {
        officer("11110")
                .header("If-Match", "\"1\"")
                .post("/api/v1/alerts/" + id + "/acknowledgement")
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("state", equalTo("ACKNOWLEDGED"));

        officer("11110")
                .header("If-Match", "\"1\"")
                .post("/api/v1/alerts/" + id + "/acknowledgement")
                .then()
                .statusCode(412);
        officer("11110")
                .header("If-Match", "\"2\"")
                .post("/api/v1/alerts/" + id + "/acknowledgement")
                .then()
                .statusCode(409);
    }

    @Test
    void aRequestThatIsNotAllowedIsRefusedWithAReason() {
        given().get("/api/v1/alerts").then().statusCode(401);
        as(TestTokens.of("agency", "partner-agency").districts("11110"))
                .get("/api/v1/alerts")
                .then()
                .statusCode(403);
        officer("11350").get("/api/v1/alerts/" + id).then().statusCode(403);
        officer("11110").get("/api/v1/alerts/nothing").then().statusCode(400).body("parameter", equalTo("id"));
        officer("11110")
                .post("/api/v1/alerts/" + id + "/acknowledgement")
                .then()
                .statusCode(428);
        officer("11110")
                .get("/api/v1/alerts?correlationId=mine")
                .then()
                .statusCode(400)
                .body("parameter", equalTo("correlationId"));
        officer("11110").get("/api/v1/alerts?state=ASLEEP").then().statusCode(422);
        officer("11110").get("/api/v1/alerts?limit=0").then().statusCode(400);
        officer("11110").get("/api/v1/alerts?cursor=mine").then().statusCode(400);
    }

    @Test
    void aWebhookIsSubscribedOnceAndItsSecretNeverShown() {
        var key = UUID.randomUUID().toString();
        var body = """
                {"channel":"WEBHOOK","url":"https://example.org/hook","secret":"%s","eventTypes":["ChildUnlocated"]}""".formatted(TestSubscriptions.SECRET);
        String first = subscribe(key, body).then().statusCode(201).extract().path("id");

        subscribe(key, body).then().statusCode(201).body("id", equalTo(first)).body("secret", nullValue());
        police().get("/api/v1/subscriptions")
                .then()
                .statusCode(200)
                .body("items.id", hasSize(1))
                .body("items[0].url", nullValue());
        police().contentType(ContentType.JSON)
                .body("{\"from\":\"2026-11-01T00:00:00Z\"}")
                .post("/api/v1/subscriptions/" + first + "/redelivery")
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:jikimi:problem:missing-idempotency-key"));
        police().header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body("{\"from\":\"2026-11-01T00:00:00Z\"}")
                .post("/api/v1/subscriptions/" + first + "/redelivery")
                .then()
                .statusCode(202)
                .body("events", equalTo(0));
        police().get("/api/v1/deliveries?subscriptionId=" + first)
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
    }

    @Test
    void anAnalystSubscribesToSilentSourcesAndADataAgencyDoesNot() {
        var silences = """
                {"channel":"WEBHOOK","url":"https://example.org/hook","secret":"%s","eventTypes":["SourceSilent"]}""".formatted(TestSubscriptions.SECRET);
        String id = subscribe(analyst(), UUID.randomUUID().toString(), silences)
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        analyst().get("/api/v1/subscriptions").then().statusCode(200).body("items.id", contains(id));
        analyst()
                .get("/api/v1/deliveries?subscriptionId=" + id)
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
        analyst()
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body("{\"from\":\"2026-11-01T00:00:00Z\"}")
                .post("/api/v1/subscriptions/" + id + "/redelivery")
                .then()
                .statusCode(202);
        subscribe(
                        as(TestTokens.of("agency", "partner-agency")),
                        UUID.randomUUID().toString(),
                        silences)
                .then()
                .statusCode(403);
    }

    @Test
    void aSubscriptionThatMustNotBeIsRefused() {
        subscribe(UUID.randomUUID().toString(), "{\"channel\":\"WEBHOOK\",\"url\":\"http://10.0.0.1/\"}")
                .then()
                .statusCode(422)
                .body("field", equalTo("url"));
        subscribe(
                        UUID.randomUUID().toString(),
                        "{\"channel\":\"EMAIL\",\"address\":\"a@example.test\",\"districts\":[\"11350\"]}")
                .then()
                .statusCode(403);
        subscribe(UUID.randomUUID().toString(), "{\"channel\":\"PIGEON\"}")
                .then()
                .statusCode(422);
    }

    private static Response subscribe(String key, String body) {
        return subscribe(police(), key, body);
    }

    private static Response subscribe(RequestSpecification who, String key, String body) {
        return who.header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/subscriptions");
    }

    private static RequestSpecification police() {
        return as(TestTokens.of("police-11110", "police").districts("11110"));
    }

    private static RequestSpecification analyst() {
        return as(TestTokens.of("analyst", "analyst"));
    }

    private static RequestSpecification officer(String district) {
        return as(TestTokens.of("officer-" + district, "dong-officer").districts(district));
    }

    private static RequestSpecification as(TestTokens.Bearer bearer) {
        return given().auth().preemptive().oauth2(bearer.token());
    }
}
