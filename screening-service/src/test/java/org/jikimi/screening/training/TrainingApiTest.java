package org.jikimi.screening.training;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.UUID;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.jikimi.testkit.TestTokens.Bearer;
import org.junit.jupiter.api.Test;

/** What an analyst who has a challenger learned may ask for, and what is refused. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class TrainingApiTest {
    private static final Bearer ANALYST = TestTokens.of("analyst", "analyst");
    private static final Bearer SUPERVISOR = TestTokens.of("supervisor", "supervisor");
    private static final Bearer OFFICER =
            TestTokens.of("officer", "dong-officer").districts("11350");
    private static final String UNKNOWN = "\"" + UUID.randomUUID() + "\"";

    private static ValidatableResponse train(Bearer who, String body) {
        return given().header("Authorization", "Bearer " + who.token())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/models/trainings")
                .then();
    }

    private static String body(String version, String rounds) {
        return "{\"version\":" + version + ",\"rounds\":" + rounds + "}";
    }

    private static void refused(String body, String field) {
        train(ANALYST, body)
                .statusCode(422)
                .body("type", endsWith("invalid-field"))
                .body("field", equalTo(field));
    }

    @Test
    void onlyAnAnalystMayAndOnlyWithAKey() {
        train(SUPERVISOR, body("\"c-1\"", "[" + UNKNOWN + "]")).statusCode(403);
        train(OFFICER, body("\"c-1\"", "[" + UNKNOWN + "]")).statusCode(403);
        given().contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/models/trainings")
                .then()
                .statusCode(401);
        given().header("Authorization", "Bearer " + ANALYST.token())
                .contentType(ContentType.JSON)
                .body(body("\"c-1\"", "[" + UNKNOWN + "]"))
                .post("/api/v1/models/trainings")
                .then()
                .statusCode(400)
                .body("type", endsWith("missing-idempotency-key"));
    }

    @Test
    void whatIsNotAsItMustBeIsRefusedByItsField() {
        refused("{}", "version");
        refused(body("\"Not A Name\"", "[" + UNKNOWN + "]"), "version");
        refused("{\"version\":\"c-1\"}", "rounds");
        refused(body("\"c-1\"", "[]"), "rounds");
        refused(body("\"c-1\"", "[null]"), "rounds");
        refused(body("\"c-1\"", "[" + UNKNOWN + "," + UNKNOWN + "]"), "rounds");
        refused(body("\"c-1\"", "[" + UNKNOWN + "]"), "rounds");
        for (var regularisation : new String[] {"0", "-1", "0.00001", "1e9"}) {
            refused(
                    "{\"version\":\"c-1\",\"rounds\":[" + UNKNOWN + "],\"regularisation\":" + regularisation + "}",
                    "regularisation");
        }
        train(ANALYST, body("\"c-1\"", "[\"no-id\"]")).statusCode(422);
        train(ANALYST, "{\"version\":\"c-1\",\"nationality\":\"x\"}").statusCode(400);
        train(ANALYST, "null").statusCode(400);
    }

    @Test
    void aRoundThatWasNotVisitedTeachesNothing() {
        var planned = given().header("Authorization", "Bearer " + ANALYST.token())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body("{\"programme\":\"QUARTERLY_SCREENING\",\"asOf\":\"2026-10-01\"}")
                .post("/api/v1/rounds")
                .then()
                .statusCode(201)
                .extract()
                .<String>path("id");

        train(ANALYST, body("\"c-1\"", "[\"" + planned + "\"]"))
                .statusCode(409)
                .body("type", endsWith("round-state"))
                .body("round", equalTo(planned));
    }
}
