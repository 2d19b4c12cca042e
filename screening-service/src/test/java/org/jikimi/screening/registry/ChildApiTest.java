package org.jikimi.screening.registry;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.hamcrest.Matcher;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.jikimi.testkit.TestTokens.Bearer;
import org.junit.jupiter.api.Test;

/** Who finds a child by what is known of it, and who learns its name. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class ChildApiTest {
    private static final Bearer REGISTER =
            TestTokens.of("register", "partner-agency").sourceKind("resident-register");
    private static final Bearer SCHOOL = TestTokens.of("school", "school").districts("11350");
    private static final Bearer OFFICER =
            TestTokens.of("officer", "dong-officer").districts("11350");
    private static final Bearer STRANGER =
            TestTokens.of("stranger", "dong-officer").districts("11110");

    @Test
    void aDescriptionFindsTheOneChildThatItFits() {
        register(SendChildren.child("MD-1", "MDH-1", "2014-03-01") + SendChildren.child("MD-2", "MDH-2", "2014-03-01"));
        var child = ofNumber("MD-1");

        described("합성 MD-1", "2014-03-01", "")
                .statusCode(200)
                .body("childId", equalTo(child))
                .body("candidates", contains(child));
        described(" 합성 MD-1 ", "2014-03-01", ",\"sex\":\"F\"").body("childId", equalTo(child));
        described("합성 MD-1", "2014-03-01", ",\"sex\":\"M\"").statusCode(200).body("candidates", empty());
        described("합성 MD-1", "2014-03-02", "").statusCode(200).body("childId", nullValue());
    }

    @Test
    void whereADescriptionFitsTwoTheyAreNamedAndNeitherIsChosen() {
        register(SendChildren.child("MT-1", "MTH-1", "2014-04-01")
                + SendChildren.child("MT-2", "MTH-2", "2014-04-01").replace("합성 MT-2", "합성 MT-1"));

        described("합성 MT-1", "2014-04-01", "")
                .statusCode(200)
                .body("childId", nullValue())
                .body("candidates", contains(ofNumber("MT-1"), ofNumber("MT-2")));
    }

    @Test
    void twoEntriesOfOneChildThatADescriptionFitsAreThatChild() {
        register(SendChildren.child("MA-1", "MAH-1", "2014-05-01")
                + SendChildren.child("MA-2", "MAH-1", "2014-05-01").replace("합성 MA-2", "합성 MA-1"));
        var child = ofNumber("MA-1");
        as(OFFICER)
                .header("If-Match", "\"1\"")
                .contentType(ContentType.JSON)
                .body("{\"survivorId\":\"" + child + "\",\"reason\":\"SAME_PERSON_SEEN\"}")
                .post("/api/v1/children/" + ofNumber("MA-2") + "/merges")
                .then()
                .statusCode(200);

        described("합성 MA-1", "2014-05-01", "").body("childId", equalTo(child)).body("candidates", contains(child));
    }

    @Test
    void aDescriptionIsOfTheAskersDistrictAndWhole() {
        var whole = description("합성 누구", "2014-03-01", "");

        match(whole.replace("11350", "11110")).statusCode(403);
        match(whole.replace("11350", "99999")).statusCode(422).body("field", equalTo("description.districtCode"));
        match(whole.replace("합성 누구", " ")).statusCode(422).body("field", equalTo("description.name"));
        match(whole.replace("birthDate", "sex")).statusCode(422).body("field", equalTo("description.birthDate"));
        match(whole.replace("ABUSE_REPORT", "")).statusCode(422).body("field", equalTo("purpose"));
        match("{\"purpose\":\"ABUSE_REPORT\"}").statusCode(422);
    }

    @Test
    void nobodyLearnsANameWithoutAPurposeOrFromAnotherDistrict() {
        register(SendChildren.child("MN-1", "MNH-1", "2014-06-01"));
        var asked = "{\"childIds\":[\"" + ofNumber("MN-1") + "\"],\"purpose\":\"VISIT\"}";

        disclosed(OFFICER, asked.replace(",\"purpose\":\"VISIT\"", ""))
                .statusCode(422)
                .body("field", equalTo("purpose"))
                .body(not(namesOf("MN-1")));
        disclosed(OFFICER, asked.replace("VISIT", "to see it")).statusCode(422).body("field", equalTo("purpose"));
        disclosed(STRANGER, asked).statusCode(403).body(not(namesOf("MN-1")));
        disclosed(SCHOOL, asked).statusCode(403);
        disclosed(OFFICER, asked).statusCode(200).body("items[0].address", equalTo("합성로 1"));
    }

    @Test
    void aChildIsShownWithoutItsNameAddressAndNumbers() {
        register(SendChildren.child("MM-1", "MMH-1", "2014-07-01"));
        var path = "/api/v1/children/" + ofNumber("MM-1");

        as(OFFICER).get(path).then().statusCode(200).body(not(namesOf("MM-1")));
        as(OFFICER).get(path + "/risk").then().statusCode(200).body(not(namesOf("MM-1")));
    }

    private static Matcher<String> namesOf(String number) {
        return anyOf(containsString("합성"), containsString(number), containsString(number.replace("-", "H-")));
    }

    private static void register(String lines) {
        as(REGISTER)
                .contentType("application/x-ndjson")
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/child-batches")
                .then()
                .statusCode(201)
                .body("rejected", equalTo(0));
    }

    private static String ofNumber(String number) {
        return match("{\"identifier\":{\"scheme\":\"RRN\",\"value\":\"" + number + "\"},\"purpose\":\"ABUSE_REPORT\"}")
                .statusCode(200)
                .extract()
                .path("childId");
    }

    private static ValidatableResponse described(String name, String born, String more) {
        return match(description(name, born, more));
    }

    private static String description(String name, String born, String more) {
        return "{\"description\":{\"name\":\"%s\",\"birthDate\":\"%s\",\"districtCode\":\"11350\"%s},\"purpose\":\"ABUSE_REPORT\"}"
                .formatted(name, born, more);
    }

    private static ValidatableResponse match(String body) {
        return post(SCHOOL, "children/matches", body);
    }

    private static ValidatableResponse disclosed(Bearer who, String body) {
        return post(who, "identity-disclosures", body);
    }

    private static ValidatableResponse post(Bearer who, String path, String body) {
        return as(who).contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/" + path)
                .then();
    }

    private static RequestSpecification as(Bearer bearer) {
        return given().header("Authorization", "Bearer " + bearer.token())
                .header("Idempotency-Key", UUID.randomUUID().toString());
    }
}
