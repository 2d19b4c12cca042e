package org.jikimi.screening.round;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jikimi.testkit.TestTokens;
import org.jikimi.testkit.TestTokens.Bearer;

/** What an analyst does with rounds, and the register before, by REST. */
public final class AnalystsDesk {
    static final Bearer REGISTER = TestTokens.of("register", "partner-agency").sourceKind("resident-register");
    public static final Bearer ANALYST = TestTokens.of("analyst", "analyst");
    public static final Bearer OFFICER =
            TestTokens.of("officer", "dong-officer").districts("11350");

    private AnalystsDesk() {}

    public static RequestSpecification as(Bearer bearer) {
        return given().header("Authorization", "Bearer " + bearer.token())
                .header("Idempotency-Key", UUID.randomUUID().toString());
    }

    static void register(String... children) {
        as(REGISTER)
                .contentType("application/x-ndjson")
                .body(String.join("", children).getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/child-batches")
                .then()
                .statusCode(201);
    }

    static void canVisit(String dong, int households) {
        as(ANALYST)
                .header("If-Match", etag("/api/v1/dong-capacities"))
                .contentType(ContentType.JSON)
                .body("{\"items\":[{\"dongCode\":\"%s\",\"visitsPerRound\":%d}]}".formatted(dong, households))
                .post("/api/v1/dong-capacities")
                .then()
                .statusCode(201);
    }

    static ValidatableResponse plan(String body) {
        return as(ANALYST)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/rounds")
                .then();
    }

    public static String planned(String programme) {
        return plan("{\"programme\":\"" + programme + "\",\"asOf\":\"2026-10-01\"}")
                .statusCode(201)
                .extract()
                .path("id");
    }

    public static String etag(String path) {
        return as(ANALYST).get(path).then().statusCode(200).extract().header("ETag");
    }

    public static void step(String path, String step, String state) {
        as(ANALYST)
                .header("If-Match", etag(path))
                .post(path + "/" + step)
                .then()
                .statusCode(202);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> as(ANALYST).get(path).then().body("state", equalTo(state)));
    }

    static String screened(String programme) {
        var path = "/api/v1/rounds/" + planned(programme);
        step(path, "opening", "OPENED");
        step(path, "screening", "SCREENED");
        return path;
    }

    static String export(String path, String type) {
        return as(ANALYST)
                .accept(type)
                .get(path)
                .then()
                .statusCode(200)
                .contentType(startsWith(type))
                .header("Content-Disposition", startsWith("attachment; filename=round-"))
                .extract()
                .asString();
    }
}
