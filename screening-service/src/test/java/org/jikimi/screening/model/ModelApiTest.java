package org.jikimi.screening.model;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.jikimi.testkit.TestTokens.Bearer;
import org.junit.jupiter.api.Test;

/** Versions of the scorecard as an analyst asks for them. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class ModelApiTest {
    private static final Bearer ANALYST = TestTokens.of("analyst", "analyst");
    private static final Bearer OFFICER =
            TestTokens.of("officer", "dong-officer").districts("11350");

    private static RequestSpecification as(Bearer bearer) {
        return given().header("Authorization", "Bearer " + bearer.token())
                .header("Idempotency-Key", UUID.randomUUID().toString());
    }

    @Test
    void aModelIsEvaluatedAndOnlyOneThatWasInUseComesBack() {
        var shipped = as(ANALYST)
                .get("/api/v1/models")
                .then()
                .statusCode(200)
                .extract()
                .<String>path("items.find { it.state == 'ACTIVE' }.version");
        as(ANALYST)
                .get("/api/v1/models/" + shipped + "/evaluation?round=" + UUID.randomUUID())
                .then()
                .statusCode(409)
                .body("type", endsWith("no-round-to-evaluate"));
        as(ANALYST).get("/api/v1/models/nothing/evaluation").then().statusCode(404);
        as(OFFICER).get("/api/v1/models/" + shipped + "/evaluation").then().statusCode(403);
        as(ANALYST)
                .get("/api/v1/models/" + shipped + "/card")
                .then()
                .statusCode(200)
                .body("version", equalTo(shipped))
                .body("purpose[0].ko", notNullValue())
                .body("weights.find { it.code == 'CHILD_DISABILITY' }.source", startsWith("Jones et al. 2012"));
        as(ANALYST).get("/api/v1/models/nothing/card").then().statusCode(404);
        as(OFFICER).get("/api/v1/models/" + shipped + "/card").then().statusCode(403);
        rollBack(shipped).statusCode(409).body("type", endsWith("model-not-retired"));
        rollBack("nothing").statusCode(404);
    }

    private static ValidatableResponse rollBack(String version) {
        return as(ANALYST)
                .header("If-Match", as(ANALYST).get("/api/v1/models").header("ETag"))
                .post("/api/v1/models/" + version + "/rollback")
                .then();
    }
}
