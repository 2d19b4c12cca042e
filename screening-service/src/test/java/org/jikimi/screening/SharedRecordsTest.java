package org.jikimi.screening;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.jikimi.testkit.TestTokens.Bearer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What several people change is changed only by whoever has read how it stands. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class SharedRecordsTest {
    private static final Bearer ANALYST = TestTokens.of("analyst", "analyst");
    private static final Bearer OTHER_ANALYST = TestTokens.of("analyst-2", "analyst");
    private static final Bearer SUPERVISOR = TestTokens.of("supervisor", "supervisor");

    @Test
    void capacitiesOfDongsAreSetByWhoHasReadThem() {
        var all = "/api/v1/dong-capacities";

        var changed = onlyWithTheVersionThatWasRead(ANALYST, all, all, capacity(7), 201);

        assertThat(as(ANALYST).get(all).<Integer>path("items.find { it.dongCode == '1135057000' }.visitsPerRound"))
                .isEqualTo(7);
        send(ANALYST, all, changed, capacity(7)).statusCode(201).header("ETag", not(equalTo(changed)));
    }

    @Test
    void theBasisOfAnIndicatorIsRecordedAndWithdrawnByWhoHasReadIt() {
        var indicator = "/api/v1/indicators/WATER_CUTOFF";
        var article = "{\"article\":\"아동복지법 제15조의4\",\"inForceOn\":\"2026-01-01\"}";

        onlyWithTheVersionThatWasRead(SUPERVISOR, indicator, indicator + "/legal-basis", article, 201);
        as(SUPERVISOR).get(indicator).then().statusCode(200).body("enabled", equalTo(true));
        onlyWithTheVersionThatWasRead(SUPERVISOR, indicator, indicator + "/legal-basis/withdrawal", "", 201);

        as(SUPERVISOR).get(indicator).then().statusCode(200).body("enabled", equalTo(false));
        as(SUPERVISOR).get("/api/v1/indicators/NO_SUCH").then().statusCode(404);
    }

    @Test
    void whichModelIsInUseIsChangedByWhoKnowsWhichOneIs() {
        var shipped = as(ANALYST).get("/api/v1/models").<String>path("items.find { it.state == 'ACTIVE' }.version");
        propose("s1");
        propose("s2");
        var before = etag("/api/v1/models/s2");

        onlyWithTheVersionThatWasRead(OTHER_ANALYST, "/api/v1/models", "/api/v1/models/s1/activation", "", 200);

        send(OTHER_ANALYST, "/api/v1/models/s2/activation", before, "").statusCode(412);
        as(ANALYST).get("/api/v1/models/s2").then().body("state", equalTo("PROPOSED"));
        onlyWithTheVersionThatWasRead(
                OTHER_ANALYST, "/api/v1/models", "/api/v1/models/" + shipped + "/rollback", "", 200);
        as(ANALYST).get("/api/v1/models/" + shipped).then().body("state", equalTo("ACTIVE"));
        as(ANALYST).get("/api/v1/models/nothing").then().statusCode(404);
    }

    /** Answers the version that the change leaves behind. */
    private static String onlyWithTheVersionThatWasRead(
            Bearer who, String read, String changed, String body, int done) {
        var etag = etag(read);
        send(who, changed, null, body).statusCode(428).body("type", endsWith("missing-version"));
        send(who, changed, "\"999999\"", body).statusCode(412).body("type", endsWith("stale-version"));
        var next = send(who, changed, etag, body).statusCode(done).extract().header("ETag");
        assertThat(next).isEqualTo(etag(read)).isNotEqualTo(etag);
        send(who, changed, etag, body).statusCode(412);
        return next;
    }

    private static ValidatableResponse send(Bearer who, String path, @Nullable String etag, String body) {
        var request = as(who).contentType(ContentType.JSON);
        if (etag != null) {
            request.header("If-Match", etag);
        }
        return (body.isEmpty() ? request : request.body(body)).post(path).then();
    }

    private static void propose(String version) {
        as(ANALYST)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body("""
                        {"version":"%s","threshold":20,"urgentThreshold":90,"caregivingGap":5,"indicators":[],
                         "ageBands":[],"familyTypes":[],"regions":[]}""".formatted(version))
                .post("/api/v1/models")
                .then()
                .statusCode(201)
                .header("ETag", etag("/api/v1/models"));
    }

    private static String capacity(int visits) {
        return "{\"items\":[{\"dongCode\":\"1135057000\",\"visitsPerRound\":" + visits + "}]}";
    }

    private static String etag(String path) {
        return as(SUPERVISOR).get(path).then().statusCode(200).extract().header("ETag");
    }

    private static RequestSpecification as(Bearer bearer) {
        return given().header("Authorization", "Bearer " + bearer.token());
    }
}
