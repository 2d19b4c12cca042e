package org.jikimi.screening.training;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.UUID;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventIds;
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

    @Inject
    Transactions transactions;

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

    /** A closed round of 200 visited children: of those without electricity four in five were in need, of the others one. */
    private UUID visitedRound() throws SQLException {
        var round = EventIds.next(); // ids of rounds tell which is newer
        transactions.run(tx -> {
            try (var statement = tx.createStatement()) {
                return statement.execute("""
                    INSERT INTO round (id, version, programme, as_of, state, model_version, children, planned_at,
                                       opened_at, screened_at, closed_at)
                    VALUES ('%1$s', 1, 'QUARTERLY_SCREENING', '2020-01-01', 'CLOSED', 'expert-2', 200, '2020-01-01',
                            '2020-01-01', '2020-01-01', '2020-06-01');
                    INSERT INTO round_capacity (round_id, dong_code, visits_per_round) VALUES ('%1$s', '1111053000', 200);
                    INSERT INTO round_child (round_id, child_id, household_id, family_type, district_code, dong_code,
                                             care, mask, observed, open_work, reports, refused)
                    SELECT '%1$s', uuidv7(), gen_random_uuid(), 'TWO_PARENT', '11110', '1111053000', 'HOME',
                           n %% 2 * (1 << 13), CASE n %% 2 WHEN 1 THEN '{7300}' ELSE '{}' END::smallint[], false, 0, false
                    FROM generate_series(1, 200) AS n;
                    INSERT INTO flag (id, version, state, child_id, household_id, district_code, dong_code, round_id,
                                      score, reasons, rank, urgent, model_version, as_of, flagged_at)
                    SELECT gen_random_uuid(), 1, 'VISITED', child_id, household_id, district_code, dong_code, round_id,
                           20, '', 1, false, 'expert-2', '2020-01-01', '2020-01-01'
                    FROM round_child WHERE round_id = '%1$s';
                    INSERT INTO visit_result (visit_id, child_id, version, flag_id, outcome, seen, completed_at)
                    SELECT gen_random_uuid(), f.child_id, 1, f.id,
                           CASE WHEN (row_number() OVER (PARTITION BY c.mask ORDER BY f.id) %% 5 = 0) = (c.mask = 0)
                                THEN 'WELFARE_NEED' ELSE 'SAFE' END, true, '2020-02-01'
                    FROM flag f JOIN round_child c USING (round_id, child_id) WHERE round_id = '%1$s'""".formatted(round));
            }
        });
        return round;
    }

    @Test
    void whatIsLearnedStandsProposedAndItsCardTellsFromWhat() throws SQLException {
        var round = visitedRound();

        train(ANALYST, body("\"learned-1\"", "[\"" + round + "\"]"))
                .statusCode(201)
                .header("Location", endsWith("/api/v1/models/learned-1"))
                .body("state", equalTo("PROPOSED"))
                .body("training.children", equalTo(200))
                .body("training.positives", equalTo(100))
                .body("scorecard.indicators.find { it.code == 'POWER_CUTOFF' }.points", greaterThan(20))
                .body("scorecard.indicators.find { it.code == 'WATER_CUTOFF' }.points", equalTo(0));

        train(ANALYST, body("\"learned-1\"", "[\"" + round + "\"]"))
                .statusCode(409)
                .body("type", endsWith("model-version-taken"));
        given().header("Authorization", "Bearer " + SUPERVISOR.token())
                .get("/api/v1/models/learned-1/card?round=" + round)
                .then()
                .statusCode(200)
                .body("training.rounds", hasItem(round.toString()))
                .body("resting.onOutcomes", equalTo(57))
                .body("evaluation.disparity.find { it.by == 'district' }.auc.value", equalTo(0.8f))
                .body("limits.en", hasItem(startsWith("It was learned from the round it is evaluated on")));
    }

    @Test
    void anyVersionIsEvaluatedOnAVisitedRoundAsAWholeAndByGroup() throws SQLException {
        var round = visitedRound();
        given().header("Authorization", "Bearer " + ANALYST.token())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body("""
                        {"version":"power-1","threshold":20,"urgentThreshold":900,"caregivingGap":5,"ageBands":[],
                         "indicators":[{"code":"POWER_CUTOFF","points":25,"source":"expert judgement"}],"familyTypes":[],"regions":[]}""")
                .post("/api/v1/models")
                .then()
                .statusCode(201);

        var district = "disparity.find { it.by == 'district' }.";
        given().header("Authorization", "Bearer " + SUPERVISOR.token())
                .get("/api/v1/models/power-1/evaluation?round=" + round)
                .then()
                .statusCode(200)
                .body("model", equalTo("power-1"))
                .body("roundModel", equalTo("expert-2"))
                .body("roundId", equalTo(round.toString()))
                .body("asOf", equalTo("2020-01-01"))
                .body("children", equalTo(200))
                .body("all.flagged", equalTo(100))
                .body("all.precision.hits", equalTo(80))
                .body("all.precision.of", equalTo(100))
                .body("all.recall.value", nullValue())
                .body("all.auc.value", equalTo(0.8f))
                .body("all.auc.low", lessThan(0.8f))
                .body("all.auc.high", greaterThan(0.8f))
                .body("all.calibration.from", contains(0, 20))
                .body("all.calibration.inNeed.hits", contains(20, 80))
                .body("withoutOwnWork.flagged", equalTo(100))
                .body("withoutSensitive.flagged", equalTo(0))
                .body("sensitive.find { it.kind == 'poverty' }.decisive.hits", equalTo(100))
                .body("disparity.by", contains("age", "district", "familyType"))
                .body(district + "value", equalTo("11110"))
                .body(district + "flagged.value", equalTo(0.5f))
                .body(district + "precision.hits", equalTo(80))
                .body(district + "auc.value", equalTo(0.8f))
                .body(district + "auc.absent", nullValue())
                .body(district + "aucOfAbuse.value", nullValue())
                .body(district + "aucOfAbuse.absent", equalTo("TOO_FEW_POSITIVES"))
                .body(district + "calibration.inNeed.hits", equalTo(100))
                .body(district + "calibration.expected", equalTo(0.5f));
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
