package org.jikimi.screening.model;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.jikimi.testkit.TestTokens.Bearer;
import org.junit.jupiter.api.Test;

/** A scorecard that gave points for declining help goes out of use by two people, and no other comes in. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class ShippedModelTest {
    private static final Bearer ANALYST = TestTokens.of("analyst", "analyst");
    private static final Bearer SUPERVISOR = TestTokens.of("supervisor", "supervisor");
    private static final String DECLINED = """
            {"version":"%s","threshold":20,"urgentThreshold":90,"caregivingGap":5,"ageBands":[],"familyTypes":[],
             "regions":[],"indicators":[{"code":"REPEATED_VISIT_REFUSAL","points":15,"source":"expert judgement"}]}""";
    private static final String UNREADABLE = """
            {"version":"%s","threshold":20,"urgentThreshold":90,"caregivingGap":5,"familyTypes":[],"regions":[],
             "indicators":[],"ageBands":[{"code":"AGE:0-11","fromMonths":0,"toMonths":11,"points":15,
             "source":"expert judgement"}]}""";

    @Inject
    Transactions transactions;

    private static RequestSpecification as(Bearer who) {
        return given().header("Authorization", "Bearer " + who.token())
                .header("Idempotency-Key", UUID.randomUUID().toString());
    }

    private static ValidatableResponse activate(String version) {
        return post(version, "activation");
    }

    private static ValidatableResponse post(String version, String step) {
        var etag = as(SUPERVISOR).get("/api/v1/models").then().extract().header("ETag");
        return as(SUPERVISOR)
                .header("If-Match", etag)
                .post("/api/v1/models/" + version + "/" + step)
                .then();
    }

    /** As an earlier release left it. */
    private void written(String version, String state, String document) throws SQLException {
        transactions.run(tx -> {
            try (var insert =
                    tx.prepareStatement("INSERT INTO model (version, document, state, proposed_by, proposed_at) "
                            + "VALUES (?, ?, ?, 'somebody', '2026-01-01')")) {
                insert.setString(1, version);
                insert.setString(2, document.formatted(version));
                insert.setString(3, state);
                return insert.executeUpdate();
            }
        });
    }

    private void execute(String sql) throws SQLException {
        transactions.run(tx -> {
            try (var statement = tx.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    @Test
    void whereTheFormerOneIsInUseTheOneThatShipsIsListedAsAProposalAndCanBeActivated() throws SQLException {
        as(ANALYST).get("/api/v1/models").then().statusCode(200);
        execute("DELETE FROM model WHERE version = 'expert-2'");
        execute("UPDATE model SET state = 'RETIRED' WHERE state = 'ACTIVE'");
        written("expert-1", "ACTIVE", DECLINED);

        as(ANALYST)
                .get("/api/v1/models")
                .then()
                .statusCode(200)
                .body("items.find { it.version == 'expert-1' }.state", equalTo("ACTIVE"))
                .body("items.find { it.version == 'expert-2' }.state", equalTo("PROPOSED"));
        activate("expert-2").statusCode(200).body("state", equalTo("ACTIVE"));
        as(ANALYST).get("/api/v1/models/expert-1").then().body("state", equalTo("RETIRED"));
    }

    @Test
    void noVersionThatGivesPointsForDecliningHelpIsProposed() {
        as(ANALYST)
                .contentType(ContentType.JSON)
                .body(DECLINED.formatted("declined-1"))
                .post("/api/v1/models")
                .then()
                .statusCode(422)
                .body("type", endsWith("invalid-field"))
                .body("field", equalTo("indicators"))
                .body("detail", startsWith("REPEATED_VISIT_REFUSAL must give 0 points"));
    }

    @Test
    void norIsOneActivatedThatAnEarlierReleaseLetBeProposed() throws SQLException {
        written("declined-2", "PROPOSED", DECLINED);

        activate("declined-2").statusCode(422).body("field", equalTo("indicators"));

        as(ANALYST).get("/api/v1/models/declined-2").then().body("state", equalTo("PROPOSED"));
    }

    @Test
    void norDoesOneComeBackThatWasInUseBefore() throws SQLException {
        written("declined-3", "RETIRED", DECLINED);

        post("declined-3", "rollback")
                .statusCode(422)
                .body("type", endsWith("invalid-field"))
                .body("field", equalTo("indicators"))
                .body("detail", startsWith("REPEATED_VISIT_REFUSAL must give 0 points"));

        as(ANALYST).get("/api/v1/models/declined-3").then().body("state", equalTo("RETIRED"));
    }

    @Test
    void norIsOneScoredBesideTheOneInUse() throws SQLException {
        written("declined-4", "RETIRED", DECLINED);
        written("unreadable", "PROPOSED", UNREADABLE);

        post("declined-4", "shadow")
                .statusCode(422)
                .body("type", endsWith("invalid-field"))
                .body("field", equalTo("indicators"))
                .body("detail", startsWith("REPEATED_VISIT_REFUSAL must give 0 points"));
        post("unreadable", "shadow")
                .statusCode(422)
                .body("type", endsWith("invalid-field"))
                .body("field", equalTo("ageBands"))
                .body("detail", startsWith("the code of an age band must be"));

        for (var version : List.of("declined-4", "unreadable")) {
            as(ANALYST).get("/api/v1/models/" + version).then().body("shadowSince", nullValue());
        }
    }
}
