package org.jikimi.referral;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.jikimi.referral.Calls.agency;
import static org.jikimi.referral.Calls.analyst;
import static org.jikimi.referral.Calls.as;
import static org.jikimi.referral.Calls.centre;
import static org.jikimi.referral.Calls.change;
import static org.jikimi.referral.Calls.investigator;
import static org.jikimi.referral.Calls.officer;
import static org.jikimi.referral.Calls.operator;
import static org.jikimi.referral.Calls.post;
import static org.jikimi.referral.Calls.referral;
import static org.jikimi.referral.Calls.shelter;
import static org.jikimi.referral.Calls.staff;
import static org.jikimi.referral.Calls.supervisor;
import static org.jikimi.referral.Calls.type;
import static org.jikimi.referral.Calls.welfare;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jikimi.referral.agency.AgencyKind;
import org.jikimi.referral.placement.Need;
import org.jikimi.referral.placement.PlaceChildren;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The public surface of the running service, with its real database, Kafka and tokens. Each test has its own district. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class ReferralApiTest {
    @Inject
    PlaceChildren place;

    @Inject
    Transactions transactions;

    @Test
    void anAgencyIsRegisteredOnceAndShown() {
        var id = World.agencyId(AgencyKind.WELFARE_CENTRE, 11110);
        var key = UUID.randomUUID().toString();
        var body = agency(id, "WELFARE_CENTRE", "11110", "LIVELIHOOD_SUPPORT", 3);

        post(operator(), key, "agencies", body).then().statusCode(201).header("ETag", "\"1\"");
        post(operator(), key, "agencies", body).then().statusCode(201).header("Idempotency-Replayed", "true");
        post(operator(), "agencies", body).then().statusCode(409).body("type", equalTo(type("agency-exists")));

        officer("11110")
                .get("/api/v1/agencies?kind=WELFARE_CENTRE&districtCode=11110")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].id", equalTo(id.toString()))
                .body("items[0].services.code", contains("GENERAL_CASE_WORK", "LIVELIHOOD_SUPPORT"))
                .body("next", nullValue());
        officer("11110").get("/api/v1/services").then().statusCode(200).body("items.code.size()", equalTo(12));
    }

    @Test
    void aBodyThatIsNotAllowedIsRefusedWithTheFieldThatIsWrong() {
        var id = UUID.randomUUID();
        refusedFor("kind", "agencies", agency(id, "CASTLE", "11140", "LIVELIHOOD_SUPPORT", 1));
        refusedFor("districtCode", "agencies", agency(id, "CPA", "Seoul", "CASE_MANAGEMENT", 1));
        refusedFor("services", "agencies", agency(id, "CPA", "11140", "PARENTING_COACHING", 1));
        refusedFor("services", "agencies", agency(id, "CPA", "11140", "CASE_MANAGEMENT", -1));
        refusedFor("kind", "agencies", "{}");
        refusedFor("kind", "agencies", "{\"kind\":7}");
        post(operator(), "agencies", "{\"kind\":\"CPA\"").then().statusCode(400);
        post(operator(), "agencies", "{\"surprise\":true}").then().statusCode(400);
        refusedFor("basis", "referrals", referral(UUID.randomUUID(), "11140", "LIVELIHOOD_SUPPORT", "DECLINED"));
        refusedFor(
                "legalBasis", "referrals", referral(UUID.randomUUID(), "11140", "LIVELIHOOD_SUPPORT", "LEGAL_BASIS"));
        refusedFor("serviceCode", "referrals", referral(UUID.randomUUID(), "11140", "SHELTER_PLACE", "CONSENT"));
    }

    @Test
    void aReferralIsOfferedRefusedOfferedToTheNextAcceptedAndCompleted() {
        var centres = List.of(centre("11170", 1), centre("11170", 2));
        var child = UUID.randomUUID();

        var created = post(officer("11170"), "referrals", referral(child, "11170", "LIVELIHOOD_SUPPORT", "CONSENT"));
        created.then().statusCode(201).body("state", equalTo("OFFERED")).body("offers", hasSize(1));
        String path = "referrals/" + created.path("id");
        var first = UUID.fromString(created.path("agencyId"));
        var second =
                centres.stream().filter(id -> !id.equals(first)).findFirst().orElseThrow();

        change(welfare("11170", second), path + "/acceptance", "2", "{}")
                .then()
                .statusCode(403)
                .body("type", equalTo(type("other-agency")));
        change(welfare("11170", first), path + "/refusal", "2", "{\"reason\":\"BORED\"}")
                .then()
                .statusCode(422)
                .body("field", equalTo("reason"));
        change(welfare("11170", first), path + "/refusal", "2", "{\"reason\":\"NO_CAPACITY\"}")
                .then()
                .statusCode(200)
                .body("agencyId", nullValue())
                .body("offers", hasSize(1));

        welfare("11170", first).get("/api/v1/" + path).then().statusCode(403);
        var offered = welfare("11170", second).get("/api/v1/" + path);
        offered.then().statusCode(200).body("state", equalTo("OFFERED")).header("ETag", "\"4\"");
        change(welfare("11170", second), path + "/acceptance", "3", "{}").then().statusCode(412);
        change(welfare("11170", second), path + "/acceptance", "4", "{}")
                .then()
                .statusCode(200)
                .body("state", equalTo("ACCEPTED"));
        change(welfare("11170", second), path + "/acceptance", "5", "{}")
                .then()
                .statusCode(409)
                .body("type", equalTo(type("referral-not-offered")));
        change(welfare("11170", second), path + "/start", "5", "{}")
                .then()
                .statusCode(200)
                .body("state", equalTo("IN_SERVICE"));
        change(welfare("11170", second), path + "/completion", "6", "{\"outcome\":\"GOALS_REACHED\"}")
                .then()
                .statusCode(200)
                .body("state", equalTo("COMPLETED"))
                .body("outcome", equalTo("GOALS_REACHED"));

        officer("11170")
                .get("/api/v1/" + path)
                .then()
                .statusCode(200)
                .body("offers.answer", contains("DECLINED", "ACCEPTED"))
                .body("matching.find { it.round == 2 && it.rank == 0 }.failed", contains("NOT_ASKED_BEFORE"));
        officer("11170")
                .get("/api/v1/referrals?state=COMPLETED&childId=" + child)
                .then()
                .statusCode(200)
                .body("items", hasSize(1));
    }

    @Test
    void aReferralThatNobodyCanTakeIsEndedByTheCityWithAReasonAgainstTheVersionThatWasRead() {
        var created = post(
                officer("11410"), "referrals", referral(UUID.randomUUID(), "11410", "LIVELIHOOD_SUPPORT", "CONSENT"));
        created.then().statusCode(201).body("state", equalTo("UNPLACED"));
        var path = "referrals/" + created.path("id");
        var version = created.header("ETag").replace("\"", "");
        var reason = "{\"reason\":\"WITHDRAWN\"}";

        change(officer("11440"), path + "/cancellation", version, reason).then().statusCode(403);
        change(welfare("11410", UUID.randomUUID()), path + "/cancellation", version, reason)
                .then()
                .statusCode(403);
        change(officer("11410"), path + "/cancellation", "1", reason).then().statusCode(412);
        change(officer("11410"), path + "/cancellation", version, "{\"reason\":\"CASE_CLOSED\"}")
                .then()
                .statusCode(422)
                .body("field", equalTo("reason"));

        change(officer("11410"), path + "/cancellation", version, reason)
                .then()
                .statusCode(200)
                .body("state", equalTo("CANCELLED"))
                .body("cancelledReason", equalTo("WITHDRAWN"));
        var after = officer("11410").get("/api/v1/" + path).header("ETag").replace("\"", "");
        change(officer("11410"), path + "/cancellation", after, reason)
                .then()
                .statusCode(409)
                .body("type", equalTo(type("referral-not-open")));
    }

    @Test
    void nobodySeesReferralsOfAnotherDistrictOrAgency() {
        centre("11200", 1);
        String id = post(
                        officer("11200"),
                        "referrals",
                        referral(UUID.randomUUID(), "11200", "LIVELIHOOD_SUPPORT", "CONSENT"))
                .path("id");

        officer("11215").get("/api/v1/referrals/" + id).then().statusCode(403);
        officer("11215").get("/api/v1/referrals").then().statusCode(200).body("items", hasSize(0));
        welfare("11200", UUID.randomUUID()).get("/api/v1/referrals").then().body("items", hasSize(0));
        post(officer("11215"), "referrals", referral(UUID.randomUUID(), "11200", "LIVELIHOOD_SUPPORT", "CONSENT"))
                .then()
                .statusCode(403);
        given().get("/api/v1/referrals").then().statusCode(401);
        as(TestTokens.of("data", "partner-agency").districts("11200"))
                .get("/api/v1/referrals")
                .then()
                .statusCode(403);
        officer("11200").get("/api/v1/referrals/nothing").then().statusCode(400).body("parameter", equalTo("id"));
        officer("11200").get("/api/v1/referrals?state=ASLEEP").then().statusCode(422);
        officer("11200").get("/api/v1/referrals?limit=0").then().statusCode(400);
        officer("11200").get("/api/v1/referrals?cursor=mine").then().statusCode(400);
    }

    @ParameterizedTest
    @CsvSource({
        "referrals, childId",
        "referrals, caseId",
        "referrals, visitId",
        "placements, childId",
        "placements, groupId"
    })
    void aMalformedIdOfAnAddressIsNamed(String list, String parameter) {
        supervisor("11200")
                .get("/api/v1/" + list + "?" + parameter + "=mine")
                .then()
                .statusCode(400)
                .body("type", endsWith("invalid-parameter"))
                .body("parameter", equalTo(parameter));
    }

    @Test
    void pagesOfReferralsFollowEachOther() {
        centre("11230", 1);
        for (int i = 0; i < 3; i++) {
            post(officer("11230"), "referrals", referral(UUID.randomUUID(), "11230", "LIVELIHOOD_SUPPORT", "CONSENT"))
                    .then()
                    .statusCode(201);
        }

        var first = officer("11230").get("/api/v1/referrals?limit=2");
        first.then().body("items", hasSize(2));
        var rest = officer("11230")
                .queryParam("cursor", first.<String>path("next"))
                .get("/api/v1/referrals?limit=2");
        rest.then().statusCode(200).body("items", hasSize(1)).body("next", nullValue());

        List<String> ids = first.path("items.id");
        assertThat(ids).doesNotContain(rest.<String>path("items[0].id"));
    }

    @Test
    void aShelterIsDisclosedToItsStaffAndSupervisorsAlone() throws SQLException {
        var shelter = shelter("11260", 2);
        var child = UUID.randomUUID();
        var need = new Need(UUID.randomUUID(), List.of(child), "11260", null, UUID.randomUUID());
        transactions.run(tx -> {
            place.reserve(tx, need, null);
            return true;
        });

        investigator("11260")
                .get("/api/v1/agencies?districtCode=11260&kind=SHELTER")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].id", nullValue())
                .body("items[0].name", nullValue())
                .body("items[0].beds", nullValue())
                .body("items[0].districtCode", equalTo("11260"));
        staff(shelter).get("/api/v1/agencies/" + shelter).then().statusCode(200).body("beds", equalTo(2));
        investigator("11260")
                .get("/api/v1/placements?childId=" + child)
                .then()
                .body("items[0].state", equalTo("RESERVED"))
                .body("items[0].agencyId", nullValue())
                .body("items[0].bed", nullValue());
        supervisor("11260")
                .get("/api/v1/placements?childId=" + child)
                .then()
                .body("items[0].agencyId", equalTo(shelter.toString()));
        analyst()
                .get("/api/v1/capacity")
                .then()
                .statusCode(200)
                .body("shelters.byDistrict", nullValue())
                .body("occupancy.findAll { it.kind == 'SHELTER' }", hasSize(0));
        supervisor("11260")
                .get("/api/v1/capacity")
                .then()
                .body("shelters.byDistrict.find { it.districtCode == '11260' }.taken", equalTo(1));
    }

    @Test
    void aChildIsHeldABedReservedAdmittedAndDischarged() {
        var shelter = shelter("11290", 1);
        var child = UUID.randomUUID();
        var body = "{\"childId\":\"%s\",\"districtCode\":\"11290\"}".formatted(child);

        var held = post(investigator("11290"), "placements", body);
        held.then().statusCode(201).body("state", equalTo("HELD")).header("ETag", "\"1\"");
        post(investigator("11290"), "placements", body)
                .then()
                .statusCode(409)
                .body("type", equalTo(type("child-already-placed")));
        String path = "placements/" + held.path("id");

        change(staff(shelter), path + "/admission", "1", "{}")
                .then()
                .statusCode(409)
                .body("state", equalTo("HELD"));
        change(investigator("11290"), path + "/reservation", "1", "{}")
                .then()
                .statusCode(200)
                .body("state", equalTo("RESERVED"));
        change(staff(UUID.randomUUID()), path + "/admission", "2", "{}").then().statusCode(403);
        change(staff(shelter), path + "/admission", "2", "{}")
                .then()
                .statusCode(200)
                .body("state", equalTo("ADMITTED"));
        change(staff(shelter), path + "/discharge", "3", "{\"reason\":\"FOSTER_CARE\"}")
                .then()
                .statusCode(200)
                .body("state", equalTo("DISCHARGED"))
                .body("endedReason", equalTo("FOSTER_CARE"));
    }

    @Test
    void anAgencyIsRenovatedAndItsCapacityChangedAgainstTheVersionThatWasRead() {
        var id = centre("11305", 1);
        var path = "agencies/" + id;

        change(operator(), path + "/status", "1", "{\"state\":\"PLANNED\"}")
                .then()
                .statusCode(409)
                .body("type", equalTo(type("agency-state-not-allowed")));
        change(operator(), path + "/status", "1", "{\"state\":\"RENOVATING\"}")
                .then()
                .statusCode(200)
                .body("state", equalTo("RENOVATING"));
        change(operator(), path + "/capacity", "1", "{\"services\":[]}").then().statusCode(412);
        change(operator(), path + "/capacity", "2", "{\"services\":[{\"code\":\"LIVELIHOOD_SUPPORT\",\"capacity\":9}]}")
                .then()
                .statusCode(200)
                .body("services.find { it.code == 'LIVELIHOOD_SUPPORT' }.capacity", equalTo(9));
        operator()
                .contentType(ContentType.JSON)
                .body("{\"state\":\"OPEN\"}")
                .post("/api/v1/" + path + "/status")
                .then()
                .statusCode(428);
    }

    private static void refusedFor(String field, String path, String body) {
        var caller = path.equals("agencies") ? operator() : officer("11140");
        post(caller, path, body).then().statusCode(422).body("field", equalTo(field));
    }
}
