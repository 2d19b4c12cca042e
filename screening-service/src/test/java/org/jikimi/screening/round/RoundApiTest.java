package org.jikimi.screening.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.jikimi.screening.round.AnalystsDesk.ANALYST;
import static org.jikimi.screening.round.AnalystsDesk.OFFICER;
import static org.jikimi.screening.round.AnalystsDesk.REGISTER;
import static org.jikimi.screening.round.AnalystsDesk.as;
import static org.jikimi.screening.round.AnalystsDesk.etag;
import static org.jikimi.screening.round.AnalystsDesk.export;
import static org.jikimi.screening.round.AnalystsDesk.plan;
import static org.jikimi.screening.round.AnalystsDesk.planned;
import static org.jikimi.screening.round.AnalystsDesk.register;
import static org.jikimi.screening.round.AnalystsDesk.screened;
import static org.jikimi.screening.round.AnalystsDesk.step;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.screening.World;
import org.jikimi.screening.outcome.JoinOutcome;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.testkit.ServiceParts;
import org.junit.jupiter.api.Test;

/** Rounds as an analyst works with them. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class RoundApiTest {

    @Inject
    Transactions transactions;

    @Inject
    JoinOutcome join;

    @Test
    void aCompositionIsComposedPreviewedComposedAnewAndFrozen() {
        var path = "/api/v1/rounds/"
                + plan("{\"programme\":\"UNDER_TWO_INVESTIGATION\",\"asOf\":\"2026-10-01\","
                                + "\"composition\":{\"districts\":[\"11350\"],\"caregivingPoints\":0}}")
                        .statusCode(201)
                        .body("composition.districts", hasItem("11350"))
                        .extract()
                        .<String>path("id");
        as(ANALYST).get(path + "/preview").then().statusCode(200).body("modelVersion", notNullValue());

        var anew = "{\"familyTypes\":[\"SINGLE_PARENT\"]}";
        compose(path, etag(path), anew).statusCode(200).body("composition.familyTypes", hasItem("SINGLE_PARENT"));
        compose(path, "\"1\"", anew).statusCode(412);
        step(path, "opening", "OPENED");

        compose(path, etag(path), anew).statusCode(409).body("type", endsWith("round-state"));
        as(ANALYST).get(path + "/preview").then().statusCode(409);
        as(ANALYST).get(path).then().body("composition.districts", nullValue());
    }

    private static ValidatableResponse compose(String path, String etag, String body) {
        return as(ANALYST)
                .header("If-Match", etag)
                .contentType(ContentType.JSON)
                .body(body)
                .post(path + "/composition")
                .then();
    }

    @Test
    void aCompositionThatIsNotAsItMustBeIsRefusedByItsField() {
        refused("\"underMonths\":0", "composition.underMonths");
        refused("\"underMonths\":37", "composition.underMonths");
        refused("\"caregivingPoints\":-1", "composition.caregivingPoints");
        refused("\"familyTypes\":[\"RICH\"]", "composition.familyTypes");
        refused("\"familyTypes\":[]", "composition.familyTypes");
        refused("\"districts\":[\"99999\"]", "composition.districts");
        refused("\"districts\":[\"11350\",\"11350\"]", "composition.districts");
        refused("\"districts\":[null]", "composition.districts");
        refused("\"indicators\":[\"NATIONALITY\"]", "composition.indicators");
        plan("{\"programme\":\"QUARTERLY_SCREENING\",\"composition\":{}}")
                .statusCode(422)
                .body("field", equalTo("composition"));
        plan("{\"programme\":\"UNDER_TWO_INVESTIGATION\",\"composition\":{\"nationality\":\"x\"}}")
                .statusCode(400);
    }

    private static void refused(String field, String named) {
        plan("{\"programme\":\"UNDER_TWO_INVESTIGATION\",\"composition\":{" + field + "}}")
                .statusCode(422)
                .body("field", equalTo(named));
    }

    @Test
    void listsComeInPagesAndWholeAsCsvAndNdjson() throws Exception {
        register(
                SendChildren.child("L1", "LH-1", "2023-02-01"),
                SendChildren.child("L2", "LH-2", "2023-02-02"),
                SendChildren.child("L3", "LH-3", "2023-02-03"));
        var busy = worked("2023-02-03");
        var path = screened("AGE_THREE_SURVEY");
        as(ANALYST).get(path).then().body("manifest.length()", equalTo(64));

        var csv = export(path + "/flags", "text/csv").lines().toList();
        var ndjson = export(path + "/flags?state=FLAGGED", "application/x-ndjson")
                .lines()
                .toList();

        assertThat(csv.getFirst())
                .startsWith("flagId,state,childId,householdId,districtCode,dongCode,rank,score,reasons");
        assertThat(csv)
                .hasSizeGreaterThanOrEqualTo(3)
                .anySatisfy(line -> assertThat(line).contains(World.DONG))
                .noneSatisfy(line -> assertThat(line).contains("합성"));
        assertThat(ndjson)
                .isNotEmpty()
                .allSatisfy(line ->
                        assertThat(line).startsWith("{\"flagId\":").contains("\"state\":\"FLAGGED\"", "\"reasons\":["))
                .noneSatisfy(line -> assertThat(line).contains("합성"));
        assertThat(export(path + "/linked", "text/csv")).startsWith("childId,householdId,districtCode");
        assertThat(export(path + "/linked", "application/x-ndjson").lines())
                .filteredOn(line -> line.contains(busy.toString()))
                .singleElement(STRING)
                .startsWith("{\"childId\":\"" + busy + "\",\"householdId\":")
                .contains("\"dongCode\":\"" + World.DONG + "\"", "\"kind\":\"CASE\",\"ref\":");
        assertThat(export(path + "/coverage", "text/csv").lines())
                .contains(
                        "districtCode,dongCode,flagged,backlog,planned,visited,seen,notLocated,refused,overdue,reported")
                .anySatisfy(line ->
                        assertThat(line).startsWith("11350," + World.DONG + ",").endsWith(",0,0,0,0,0,0,0"));
        assertThat(export(path + "/coverage", "application/x-ndjson").lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("{\"districtCode\":\"11350\",\"dongCode\":\"" + World.DONG + "\",\"flagged\":"));
        as(ANALYST).get(path + "/linked").then().statusCode(200).body("items", notNullValue());
        as(ANALYST).get(path + "/flags?state=LOST").then().statusCode(400).body("type", endsWith("invalid-parameter"));
        as(ANALYST).accept("text/csv").get(path + "/flags?state=LOST").then().statusCode(400);
        as(ANALYST).accept("application/xml").get(path + "/flags").then().statusCode(406);
        as(ANALYST)
                .accept("text/csv;q=0.5, application/json")
                .get(path + "/flags")
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON);
        as(OFFICER).accept("text/csv").get(path + "/flags").then().statusCode(403);
        as(ANALYST)
                .accept("text/csv")
                .get("/api/v1/rounds/" + UUID.randomUUID() + "/flags")
                .then()
                .statusCode(404);
        as(ANALYST)
                .get(path + "/report")
                .then()
                .statusCode(200)
                .body("closedAt", nullValue())
                .body("breakdowns.care.HOME", notNullValue());
    }

    /** Has a case file opened of the child. */
    private UUID worked(String born) throws SQLException {
        return transactions.run(tx -> {
            var child = Sql.on(tx)
                    .createQuery("SELECT id FROM child WHERE birth_date = CAST(:born AS date)")
                    .bind("born", born)
                    .mapTo(UUID.class)
                    .one();
            join.caseIs(tx, UUID.randomUUID(), child, 1, true);
            return child;
        });
    }

    @Test
    void aRoundIsGivenUpForAReasonByWhoHasSeenItAsItIs() {
        var path = "/api/v1/rounds/" + planned("TEMPORARY_NUMBER_SURVEY");
        step(path, "opening", "OPENED");
        var etag = etag(path);

        cancel(path, etag, "BORED")
                .statusCode(422)
                .body("field", equalTo("reason"))
                .body("detail", equalTo("One of [CANNOT_BE_SCREENED, PLANNED_WRONGLY, NO_LONGER_NEEDED] is needed."));
        cancel(path, "\"1\"", "PLANNED_WRONGLY").statusCode(412);
        cancel(path, etag, "PLANNED_WRONGLY")
                .statusCode(200)
                .body("state", equalTo("CLOSED"))
                .body("cancelledFor", equalTo("PLANNED_WRONGLY"));
        cancel(path, etag(path), "PLANNED_WRONGLY").statusCode(409).body("type", endsWith("round-state"));
        as(OFFICER)
                .header("If-Match", etag)
                .contentType(ContentType.JSON)
                .body("{}")
                .post(path + "/cancellation")
                .then()
                .statusCode(403);
    }

    private static ValidatableResponse cancel(String path, String etag, String reason) {
        return as(ANALYST)
                .header("If-Match", etag)
                .contentType(ContentType.JSON)
                .body("{\"reason\":\"" + reason + "\"}")
                .post(path + "/cancellation")
                .then();
    }

    @Test
    void roundsAreListedNewestFirstByProgrammeAndInPages() {
        var first = planned("JOINT_INSPECTION");
        var second = planned("JOINT_INSPECTION");
        var other = planned("TEMPORARY_NUMBER_SURVEY");

        as(ANALYST).get("/api/v1/rounds?limit=1").then().statusCode(200).body("items[0].id", equalTo(other));
        var page = as(ANALYST)
                .get("/api/v1/rounds?programme=JOINT_INSPECTION&limit=1")
                .then()
                .statusCode(200)
                .body("items[0].id", equalTo(second))
                .extract()
                .<String>path("next");
        as(ANALYST)
                .queryParam("cursor", page)
                .get("/api/v1/rounds?programme=JOINT_INSPECTION&limit=1")
                .then()
                .statusCode(200)
                .body("items[0].id", equalTo(first));
        as(ANALYST).get("/api/v1/rounds?programme=NONE").then().statusCode(400).body("parameter", equalTo("programme"));
        as(REGISTER).get("/api/v1/rounds").then().statusCode(403);
    }

    @Test
    void theCalendarTellsWhichRoundsAreDue() {
        as(ANALYST)
                .get("/api/v1/programmes")
                .then()
                .statusCode(200)
                .body(
                        "items.collect { it.code + ' ' + it.cadence }",
                        contains(
                                "QUARTERLY_SCREENING QUARTERLY",
                                "AGE_THREE_SURVEY YEARLY_FROM_OCTOBER",
                                "JOINT_INSPECTION TWICE_A_YEAR",
                                "TEMPORARY_NUMBER_SURVEY TWICE_A_YEAR",
                                "UNDER_TWO_INVESTIGATION PLANNED"))
                .body("items[0].cadenceText", equalTo("quarterly: January April July October"))
                .body("items[1].nextPeriod.from", endsWith("-10-01"))
                .body("items[1].nextPeriod.to", endsWith("-12-31"))
                .body("items[4].nextPeriod", nullValue())
                .body("items[4].due", equalTo(false));
        var today = plan("{\"programme\":\"QUARTERLY_SCREENING\"}")
                .statusCode(201)
                .extract()
                .<String>path("id");
        as(ANALYST)
                .get("/api/v1/programmes")
                .then()
                .body("items[0].round.id", equalTo(today))
                .body("items[0].due", equalTo(false));
        as(OFFICER).get("/api/v1/programmes").then().statusCode(403);
    }
}
