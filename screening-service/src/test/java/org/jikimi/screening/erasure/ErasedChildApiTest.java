package org.jikimi.screening.erasure;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.jikimi.screening.registry.SendChildren.child;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.erasure.ForgetSubjects;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.time.Times;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.jikimi.testkit.TestTokens.Bearer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody still has the id, or the resident number, of a child who was erased. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class ErasedChildApiTest {
    private static final Bearer OFFICER = TestTokens.of("erased-officer", "dong-officer")
            .agency(new UUID(0, 1))
            .districts("11350");
    private static final Bearer REGISTER =
            TestTokens.of("register", "partner-agency").sourceKind("resident-register");
    private static final Bearer CLINIC =
            TestTokens.of("clinic", "partner-agency").sourceKind("clinic");

    @Inject
    Transactions transactions;

    @Inject
    Events events;

    @Inject
    ForgetSubjects forget;

    @Inject
    Times times;

    private final String number = "EC-" + UUID.randomUUID();
    private String child = "";

    @BeforeEach
    void aChildIsErased() throws SQLException {
        transactions.run(tx -> Sql.on(tx)
                .createUpdate(
                        "UPDATE round SET state = 'CLOSED', work = NULL WHERE work IS NOT NULL OR state = 'OPENED'")
                .execute());
        register();
        child = match().path("childId");
        assertThat(child).isNotNull();

        transactions.run(tx -> {
            new Erasing(events, forget, transactions, times).now(tx);
            return child;
        });
    }

    @Test
    void nobodyIsShownJudgedDisclosedOrFound() {
        for (var path : List.of("", "/risk", "/rights-requests")) {
            as(OFFICER)
                    .get("/api/v1/children/" + child + path)
                    .then()
                    .statusCode(404)
                    .body("type", endsWith("not-found"));
        }
        post(OFFICER, "identity-disclosures", "{\"childIds\":[\"" + child + "\"],\"purpose\":\"HOME_VISIT\"}")
                .then()
                .statusCode(404)
                .body("childId", equalTo(child));
        match().then().statusCode(200).body("childId", nullValue()).body("candidates", empty());
    }

    @Test
    void noRequestIsRegisteredForIt() {
        post(OFFICER, "children/" + child + "/rights-requests", """
                {"kind":"ACCESS","requester":"CHILD","identityCheck":"ID_DOCUMENT","receivedOn":"%s",
                 "text":"합성 요구서"}""".formatted(times.today()))
                .then()
                .statusCode(404);
    }

    @Test
    void itIsTakenForNoOtherChildNorGivenASibling() {
        String other = post(OFFICER, "children/provisional", provisional(""))
                .then()
                .statusCode(201)
                .extract()
                .path("childId");

        change("children/" + child + "/merges", "{\"survivorId\":\"" + other + "\",\"reason\":\"SAME_PERSON_SEEN\"}")
                .then()
                .statusCode(404);
        change("children/" + other + "/merges", "{\"survivorId\":\"" + child + "\",\"reason\":\"SAME_PERSON_SEEN\"}")
                .then()
                .statusCode(404);
        change("children/" + child + "/splits", "{\"reason\":\"TWINS\"}").then().statusCode(404);
        post(OFFICER, "children/distinctions", """
                {"childId":"%s","otherId":"%s","reason":"TWINS"}""".formatted(other, child))
                .then()
                .statusCode(404);
        post(OFFICER, "children/provisional", provisional(",\"siblingOf\":\"" + child + "\""))
                .then()
                .statusCode(422)
                .body("field", equalTo("siblingOf"));
    }

    @Test
    void aSignalFindsNoSubjectByIdNorByNumber() {
        for (var subject : List.of(
                "{\"scheme\":\"CHILD_ID\",\"value\":\"" + child + "\"}",
                "{\"scheme\":\"RRN\",\"value\":\"" + number + "\"}")) {
            post(CLINIC, "signals", signal(subject)).then().statusCode(422).body("code", equalTo("unknown-subject"));
        }
        String batch = upload(CLINIC, "signal-batches", signal("{\"scheme\":\"CHILD_ID\",\"value\":\"" + child + "\"}"))
                .then()
                .statusCode(201)
                .body("rejected", equalTo(1))
                .extract()
                .path("batchId");
        as(CLINIC)
                .get("/api/v1/signal-batches/" + batch + "/rejections")
                .then()
                .statusCode(200)
                .body("items[0].code", equalTo("unknown-subject"));
    }

    @Test
    void theRegisterBeginsANewChild() {
        register();

        String again = match().path("childId");

        assertThat(again).isNotNull().isNotEqualTo(child);
        as(OFFICER).get("/api/v1/children/" + child).then().statusCode(404);
    }

    private void register() {
        upload(REGISTER, "child-batches", child(number, "H-" + number, "2005-05-01"))
                .then()
                .statusCode(201);
    }

    private Response match() {
        return post(
                OFFICER,
                "children/matches",
                "{\"identifier\":{\"scheme\":\"RRN\",\"value\":\"" + number + "\"},\"purpose\":\"DESK\"}");
    }

    private String signal(String subject) {
        return "{\"signalId\":\"%s\",\"indicator\":\"SUSPECTED_ABUSE_MEDICAL_RECORD\",\"subject\":%s,\"observedOn\":\"%s\"}"
                .formatted(UUID.randomUUID(), subject, times.today());
    }

    private static String provisional(String more) {
        return "{\"districtCode\":\"11350\",\"dongCode\":\"1135056000\"" + more + "}";
    }

    private static Response upload(Bearer who, String path, String lines) {
        return as(who).contentType("application/x-ndjson")
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/" + path);
    }

    private static Response change(String path, String body) {
        return as(OFFICER)
                .header("If-Match", "\"1\"")
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/" + path);
    }

    private static Response post(Bearer who, String path, String body) {
        return as(who).contentType(ContentType.JSON).body(body).post("/api/v1/" + path);
    }

    private static RequestSpecification as(Bearer who) {
        return given().header("Authorization", "Bearer " + who.token())
                .header("Idempotency-Key", UUID.randomUUID().toString());
    }
}
