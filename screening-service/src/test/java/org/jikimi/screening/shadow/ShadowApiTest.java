package org.jikimi.screening.shadow;

import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.jikimi.screening.round.AnalystsDesk.ANALYST;
import static org.jikimi.screening.round.AnalystsDesk.OFFICER;
import static org.jikimi.screening.round.AnalystsDesk.as;
import static org.jikimi.screening.round.AnalystsDesk.etag;
import static org.jikimi.screening.round.AnalystsDesk.step;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jikimi.screening.round.AnalystsDesk;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.jikimi.testkit.TestTokens.Bearer;
import org.junit.jupiter.api.Test;

/** A shadow as an analyst works with it. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class ShadowApiTest {
    private static final Bearer OTHER_ANALYST = TestTokens.of("analyst-2", "analyst");
    private static final Bearer AUDITOR = TestTokens.of("auditor", "auditor");

    private static ValidatableResponse model(Bearer who, String version, String step) {
        return as(who).header("If-Match", etag("/api/v1/models"))
                .post("/api/v1/models/" + version + "/" + step)
                .then();
    }

    private static void propose(String version) {
        as(ANALYST)
                .contentType(ContentType.JSON)
                .body("""
                        {"version":"%s","threshold":20,"urgentThreshold":900,"caregivingGap":5,"indicators":[],
                         "ageBands":[],"familyTypes":[],"regions":[]}""".formatted(version))
                .post("/api/v1/models")
                .then()
                .statusCode(201);
    }

    private static String planned() {
        return "/api/v1/rounds/" + AnalystsDesk.planned("QUARTERLY_SCREENING");
    }

    @Test
    void oneVersionAtATimeIsTheShadowUntilItIsEndedOrPutToUse() {
        String active = as(ANALYST).get("/api/v1/models").path("items.find { it.state == 'ACTIVE' }.version");
        propose("shadow-1");
        propose("shadow-2");
        model(OFFICER, "shadow-1", "shadow").statusCode(403);
        model(AUDITOR, "shadow-1", "shadow").statusCode(403);
        as(ANALYST).post("/api/v1/models/shadow-1/shadow").then().statusCode(428);
        model(ANALYST, active, "shadow").statusCode(409).body("type", endsWith("model-in-use"));
        model(ANALYST, "nothing", "shadow").statusCode(404);

        model(ANALYST, "shadow-1", "shadow").statusCode(200).body("shadowSince", notNullValue());

        model(ANALYST, "shadow-2", "shadow")
                .statusCode(409)
                .body("type", endsWith("shadow-taken"))
                .body("version", equalTo("shadow-1"));
        model(ANALYST, "shadow-2", "shadow/ending").statusCode(409).body("type", endsWith("model-not-shadow"));
        model(ANALYST, "shadow-1", "shadow/ending").statusCode(200).body("shadowSince", nullValue());
        model(ANALYST, "shadow-2", "shadow").statusCode(200);
        model(OTHER_ANALYST, "shadow-2", "activation").statusCode(200).body("shadowSince", nullValue());
        model(ANALYST, active, "rollback").statusCode(200);
        as(ANALYST).get("/api/v1/models/shadow-2").then().body("shadowSince", nullValue());
    }

    @Test
    void aRoundIsComparedWithTheShadowItOpenedWith() {
        var without = planned();
        step(without, "opening", "OPENED");
        propose("shadow-3");
        model(ANALYST, "shadow-3", "shadow").statusCode(200);
        var path = planned();
        step(path, "opening", "OPENED");
        model(ANALYST, "shadow-3", "shadow/ending").statusCode(200);
        var shadow = path + "/shadow";
        as(ANALYST).get(shadow).then().statusCode(409).body("type", endsWith("shadow-not-screened"));

        step(path, "screening", "SCREENED");

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> as(ANALYST)
                        .get(shadow)
                        .then()
                        .statusCode(200)
                        .body("shadow", equalTo("shadow-3"))
                        .body("all.shadow", equalTo(0))
                        .body("ofShadow.precision.of", equalTo(0)));
        as(AUDITOR)
                .get(shadow + "/children?only=SHADOW&limit=1")
                .then()
                .statusCode(200)
                .body("items", empty());
        as(ANALYST).get(shadow + "/children?only=CHAMPION").then().statusCode(200);
        as(AUDITOR)
                .accept("text/csv")
                .get(shadow + "/children?only=SHADOW")
                .then()
                .statusCode(200)
                .header("Content-Disposition", endsWith("-only-shadow.csv"))
                .body(equalTo("childId,districtCode,dongCode,score,rank,reasons\n"));
        as(ANALYST)
                .accept("application/x-ndjson")
                .get(shadow + "/children?only=BOTH")
                .then()
                .statusCode(400)
                .body("parameter", equalTo("only"));
        for (var wrong : new String[] {"", "?only=BOTH", "?only=SHADOW&limit=0", "?only=SHADOW&cursor=x"}) {
            as(ANALYST).get(shadow + "/children" + wrong).then().statusCode(400);
        }
        as(OFFICER).get(shadow).then().statusCode(403);
        as(OFFICER).get(shadow + "/children?only=SHADOW").then().statusCode(403);
        as(ANALYST).get(without + "/shadow").then().statusCode(409).body("type", endsWith("round-without-shadow"));
        as(ANALYST)
                .get("/api/v1/rounds/" + UUID.randomUUID() + "/shadow")
                .then()
                .statusCode(404);
    }
}
