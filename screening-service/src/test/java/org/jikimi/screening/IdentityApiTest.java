package org.jikimi.screening;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.jikimi.screening.registry.SendChildren.child;
import static org.jikimi.screening.signal.SendSignals.signal;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.time.Seoul;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.jikimi.testkit.TestTokens.Bearer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Taking two ids for one child and apart again, as a person does it. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class IdentityApiTest {
    @Inject
    Transactions transactions;

    private static final Bearer OFFICER =
            TestTokens.of("officer", "dong-officer").districts("11350");
    private static final Bearer BOTH = TestTokens.of("supervisor", "supervisor").districts("11350", "11110");
    private static final Bearer REGISTER =
            TestTokens.of("register", "partner-agency").sourceKind("resident-register");
    private static final Bearer EMERGENCY =
            TestTokens.of("119", "partner-agency").sourceKind("emergency-service");
    private static final Bearer HOTLINE = TestTokens.of("112", "report-gateway").districts("11350");

    @Test
    void twoIdsAreTakenForOneChildAndApartAgainByWhoHasReadThem() {
        var child = provisional("11350");
        var other = provisional("11350");
        var body = "{\"survivorId\":\"" + child + "\",\"reason\":\"SAME_PERSON_SEEN\"}";

        post(OFFICER, other + "/merges", null, body).statusCode(428);
        post(OFFICER, other + "/merges", "\"7\"", body).statusCode(412);
        post(OFFICER, other + "/merges", "\"1\"", body)
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("childId", equalTo(child))
                .body("alias", equalTo(true));
        get(other).body("childId", equalTo(child));
        post(OFFICER, other + "/merges", "\"2\"", body).statusCode(409).body("type", endsWith("child-is-alias"));

        post(OFFICER, other + "/splits", "\"1\"", "{\"reason\":\"TWINS\"}").statusCode(412);
        post(OFFICER, other + "/splits", "\"2\"", "{\"reason\":\"they are twins\"}")
                .statusCode(422);
        post(OFFICER, other + "/splits", "\"2\"", "{\"reason\":\"TWINS\"}")
                .statusCode(200)
                .body("alias", equalTo(false));
        get(other).body("childId", equalTo(other));
        post(OFFICER, other + "/splits", "\"3\"", "{\"reason\":\"TWINS\"}")
                .statusCode(409)
                .body("type", endsWith("child-is-no-alias"));
    }

    @Test
    void whoCoversNotBothDistrictsDecidesNothing() {
        var child = provisional("11110");
        var other = provisional("11350");
        var body = "{\"survivorId\":\"" + child + "\",\"reason\":\"SAME_PERSON_SEEN\"}";

        post(OFFICER, other + "/merges", "\"1\"", body).statusCode(403);
        post(HOTLINE, other + "/merges", "\"1\"", body).statusCode(403);
        post(BOTH, other + "/merges", "\"1\"", body).statusCode(200);
        post(OFFICER, other + "/splits", "\"2\"", "{\"reason\":\"TWINS\"}").statusCode(403);
    }

    @Test
    void aMergeNamesAnotherChildThatIsKnown() {
        var other = provisional("11350");

        post(OFFICER, other + "/merges", "\"1\"", "{\"reason\":\"SAME_PERSON_SEEN\"}")
                .statusCode(422);
        post(OFFICER, other + "/merges", "\"1\"", "{\"survivorId\":\"" + other + "\",\"reason\":\"SAME_PERSON_SEEN\"}")
                .statusCode(422);
        post(
                        OFFICER,
                        other + "/merges",
                        "\"1\"",
                        "{\"survivorId\":\"" + UUID.randomUUID() + "\",\"reason\":\"SAME_PERSON_SEEN\"}")
                .statusCode(404);
    }

    @Test
    void aTemporaryNumberDoesNotSurviveAResidentNumberWhicheverIsNamed() {
        var newborn = registered("TNN");
        var registered = registered("RRN");
        var body = "{\"survivorId\":\"%s\",\"reason\":\"SAME_PERSON_SEEN\"}";

        post(OFFICER, registered + "/merges", "\"1\"", body.formatted(newborn))
                .statusCode(409)
                .body("type", endsWith("temporary-survivor"));
        get(registered).body("childId", equalTo(registered));

        post(OFFICER, newborn + "/merges", "\"1\"", body.formatted(registered)).statusCode(200);
        get(newborn).body("childId", equalTo(registered));
    }

    @Test
    void whoeverReadsThroughAnAliasIsAuditedAsAReaderOfTheChildThatWasShown() throws SQLException {
        var child = provisional("11350");
        var alias = provisional("11350");
        post(OFFICER, alias + "/merges", "\"1\"", "{\"survivorId\":\"" + child + "\",\"reason\":\"SAME_PERSON_SEEN\"}")
                .statusCode(200);
        get(alias);
        as(OFFICER).get("/api/v1/children/" + alias + "/risk").then().statusCode(200);
        as(OFFICER)
                .contentType(ContentType.JSON)
                .body("{\"childIds\":[\"" + alias + "\"],\"purpose\":\"VISIT\"}")
                .post("/api/v1/identity-disclosures")
                .then()
                .statusCode(200);

        var actions = transactions.run(tx -> Sql.on(tx)
                .createQuery("SELECT DISTINCT action FROM audit WHERE subjects @> ARRAY['child:%s', 'child:%s'] "
                                .formatted(alias, child)
                        + "AND action IN ('child.read', 'child.risk', 'identity.disclose')")
                .mapTo(String.class)
                .list());

        assertThat(actions).containsExactlyInAnyOrder("child.read", "child.risk", "identity.disclose");
    }

    @Test
    void aSiblingOfAHouseholdForWhichAnUrgentSignalStandsIsFlaggedAtOnce() throws SQLException {
        var number = UUID.randomUUID().toString();
        var sibling = registered("RRN", number);
        var yesterday = LocalDate.now(Seoul.ZONE).minusDays(1).toString();
        as(EMERGENCY)
                .header("Idempotency-Key", number)
                .contentType("application/x-ndjson")
                .body(signal(number, "CAREGIVER_SUICIDE_ATTEMPT", "HOUSEHOLD", number, yesterday)
                        .getBytes(UTF_8))
                .post("/api/v1/signal-batches")
                .then()
                .statusCode(201)
                .body("accepted", equalTo(1));

        var child = provisional("11350", ",\"birthDate\":\"2016-05-01\",\"siblingOf\":\"" + sibling + "\"");

        var urgent = transactions.run(tx -> Sql.on(tx)
                .createQuery("SELECT urgent FROM flag WHERE child_id = CAST(:child AS uuid)")
                .bind("child", child)
                .mapTo(Boolean.class)
                .list());
        assertThat(urgent).containsExactly(true);
    }

    private static String registered(String scheme) {
        return registered(scheme, UUID.randomUUID().toString());
    }

    /** @param number of the child, and of its household */
    private static String registered(String scheme, String number) {
        as(REGISTER)
                .header("Idempotency-Key", number)
                .contentType("application/x-ndjson")
                .body(child(number, number, "2026-05-01").replace("RRN", scheme).getBytes(UTF_8))
                .post("/api/v1/child-batches")
                .then()
                .statusCode(201);
        return as(OFFICER)
                .header("Idempotency-Key", number)
                .contentType(ContentType.JSON)
                .body("{\"identifier\":{\"scheme\":\"%s\",\"value\":\"%s\"},\"purpose\":\"DESK\"}"
                        .formatted(scheme, number))
                .post("/api/v1/children/matches")
                .then()
                .statusCode(200)
                .extract()
                .path("childId");
    }

    @Test
    void entriesThatMayBeOneChildAreShownToTheirDistrictUntilSomebodyFindsThemToBeTwo() {
        var one = provisional("11350", ",\"name\":\"합성 쌍\",\"birthDate\":\"2012-03-04\"");
        var two = provisional("11350", ",\"name\":\"합성 쌍\",\"birthDate\":\"2012-03-04\"");
        var body = "{\"childId\":\"" + one + "\",\"otherId\":\"" + two + "\",\"reason\":\"TWINS\"}";

        candidates(OFFICER)
                .statusCode(200)
                .body("items.childId", hasItem(one))
                .body("items.find { it.childId == '" + one + "' }.otherId", equalTo(two))
                .body("items.find { it.childId == '" + one + "' }.reasons", hasItem("SAME_BIRTH_DATE"));
        candidates(TestTokens.of("stranger", "dong-officer").districts("11110")).statusCode(403);
        candidates(HOTLINE).statusCode(403);
        as(OFFICER).get("/api/v1/children/duplicates").then().statusCode(400);

        distinguish(body).statusCode(400);
        distinguish(body.replace("TWINS", "they are twins"), UUID.randomUUID()).statusCode(422);
        distinguish(body, UUID.randomUUID()).statusCode(201).body("decision", equalTo("NOT_SAME"));
        candidates(OFFICER).body("items.childId", not(hasItem(one)));
    }

    private static ValidatableResponse candidates(Bearer who) {
        return as(who).get("/api/v1/children/duplicates?limit=500&district=11350")
                .then();
    }

    private static ValidatableResponse distinguish(String body, UUID... key) {
        var request = as(OFFICER).contentType(ContentType.JSON).body(body);
        for (var one : key) {
            request.header("Idempotency-Key", one.toString());
        }
        return request.post("/api/v1/children/distinctions").then();
    }

    private static String provisional(String district) {
        return provisional(district, ",\"birthDate\":\"2012-05-01\"");
    }

    private static String provisional(String district, String more) {
        return as(HOTLINE)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body("{\"districtCode\":\"" + district + "\",\"dongCode\":\"" + district + "51500\"" + more + "}")
                .post("/api/v1/children/provisional")
                .then()
                .statusCode(201)
                .extract()
                .path("childId");
    }

    private static ValidatableResponse get(String child) {
        return as(OFFICER).get("/api/v1/children/" + child).then().statusCode(200);
    }

    private static ValidatableResponse post(Bearer who, String path, @Nullable String etag, String body) {
        var request = as(who).contentType(ContentType.JSON).body(body);
        if (etag != null) {
            request.header("If-Match", etag);
        }
        return request.post("/api/v1/children/" + path).then();
    }

    private static RequestSpecification as(Bearer bearer) {
        return given().header("Authorization", "Bearer " + bearer.token());
    }
}
