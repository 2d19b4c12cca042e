package org.jikimi.referral;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.jikimi.referral.agency.AgencyKind;
import org.jikimi.testkit.TestTokens;

/** Who calls the running service, and what they send. */
final class Calls {
    private Calls() {}

    static UUID centre(String district, int number) {
        var id = World.agencyId(AgencyKind.WELFARE_CENTRE, Integer.parseInt(district) * 10 + number);
        post(operator(), "agencies", agency(id, "WELFARE_CENTRE", district, "LIVELIHOOD_SUPPORT", 5))
                .then()
                .statusCode(201);
        return id;
    }

    static UUID shelter(String district, int beds) {
        var id = World.agencyId(AgencyKind.SHELTER, Integer.parseInt(district));
        post(operator(), "agencies", """
                        {"id":"%s","kind":"SHELTER","name":"Synthetic shelter","districtCode":"%s",
                         "catchment":["%s"],"services":[],"beds":%d}""".formatted(id, district, district, beds))
                .then()
                .statusCode(201);
        return id;
    }

    static String agency(UUID id, String kind, String district, String service, int capacity) {
        return """
                {"id":"%s","kind":"%s","name":"Synthetic agency","districtCode":"%s","catchment":["%s"],
                 "services":[{"code":"%s","capacity":%d}],"beds":0}""".formatted(id, kind, district, district, service, capacity);
    }

    static String referral(UUID child, String district, String service, String basis) {
        return "{\"childId\":\"%s\",\"districtCode\":\"%s\",\"serviceCode\":\"%s\",\"basis\":\"%s\"}"
                .formatted(child, district, service, basis);
    }

    static String type(String code) {
        return "urn:jikimi:problem:" + code;
    }

    static Response post(RequestSpecification caller, String path, String body) {
        return post(caller, UUID.randomUUID().toString(), path, body);
    }

    static Response post(RequestSpecification caller, String key, String path, String body) {
        return caller.header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/" + path);
    }

    static Response change(RequestSpecification caller, String path, String version, String body) {
        return caller.header("Idempotency-Key", UUID.randomUUID().toString())
                .header("If-Match", "\"" + version + "\"")
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/" + path);
    }

    static RequestSpecification operator() {
        return as(TestTokens.of("operator-1", "operator"));
    }

    static RequestSpecification analyst() {
        return as(TestTokens.of("analyst-1", "analyst"));
    }

    static RequestSpecification supervisor(String... districts) {
        return as(TestTokens.of("supervisor-1", "supervisor").districts(districts));
    }

    static RequestSpecification officer(String district) {
        return as(TestTokens.of("officer-" + district, "dong-officer").districts(district));
    }

    static RequestSpecification investigator(String district) {
        return as(
                TestTokens.of("investigator-" + district, "abuse-investigator").districts(district));
    }

    static RequestSpecification welfare(String district, UUID agency) {
        return as(TestTokens.of("welfare-" + agency, "welfare-provider")
                .agency(agency)
                .districts(district));
    }

    static RequestSpecification staff(UUID shelter) {
        return as(TestTokens.of("shelter-" + shelter, "shelter-staff").agency(shelter));
    }

    static RequestSpecification as(TestTokens.Bearer bearer) {
        return given().auth().preemptive().oauth2(bearer.token());
    }
}
