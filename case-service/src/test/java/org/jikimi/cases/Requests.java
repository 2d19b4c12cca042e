package org.jikimi.cases;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import java.util.function.Supplier;
import org.jikimi.testkit.TestTokens;

/** Who calls the service, and how. */
final class Requests {
    static final String DISTRICT = "11350";

    private Requests() {}

    static String problem(String code) {
        return "urn:jikimi:problem:" + code;
    }

    static Response change(RequestSpecification who, String path, String action, String body) {
        var etag = investigatorOrSame(path).get(path).header("ETag");
        return json(who, body)
                .header("If-Match", etag)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .post(path + action);
    }

    /** Sends what adds to something shared: without its key, without a version, with a stale one, and as it must be. */
    static Response onlyWithKeyAndVersion(Supplier<RequestSpecification> who, String path, String action, String body) {
        json(who.get(), body)
                .header("If-Match", "\"1\"")
                .post(path + action)
                .then()
                .statusCode(400)
                .body("type", equalTo(problem("missing-idempotency-key")));
        post(who.get(), path + action, body).then().statusCode(428).body("type", equalTo(problem("missing-version")));
        json(who.get(), body)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("If-Match", "\"999\"")
                .post(path + action)
                .then()
                .statusCode(412)
                .body("type", equalTo(problem("stale-version")));
        return change(who.get(), path, action, body);
    }

    /** A reader who sees the thing whatever it is. */
    static RequestSpecification investigatorOrSame(String path) {
        return path.contains("/cases/") ? supervisor() : investigator();
    }

    static Response post(RequestSpecification who, String path, String body) {
        return json(who, body)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .post(path);
    }

    static Response answer(String check, String etag, String body) {
        return json(police(), body).header("If-Match", etag).post("/api/v1/whereabouts-checks/" + check + "/result");
    }

    static RequestSpecification json(RequestSpecification who, String body) {
        return who.contentType(ContentType.JSON).body(body);
    }

    static RequestSpecification officer(String district) {
        return as(TestTokens.of("officer-" + district, "dong-officer").districts(district));
    }

    static RequestSpecification investigator() {
        return as(TestTokens.of("investigator", "abuse-investigator").districts(DISTRICT));
    }

    static RequestSpecification supervisor() {
        return as(TestTokens.of("supervisor", "supervisor").districts(DISTRICT, "11110"));
    }

    static RequestSpecification police() {
        return as(TestTokens.of("police", "police").districts(DISTRICT));
    }

    static RequestSpecification gateway() {
        return as(TestTokens.of("gateway-112", "report-gateway"));
    }

    static RequestSpecification manager(UUID agency) {
        return as(TestTokens.of("cpa-" + agency, "case-manager").agency(agency).districts(DISTRICT));
    }

    static RequestSpecification as(TestTokens.Bearer bearer) {
        return given().auth().preemptive().oauth2(bearer.token());
    }
}
