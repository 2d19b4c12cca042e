package org.jikimi.screening.rights;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.UUID;
import org.jikimi.screening.World;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.testkit.TestTokens;
import org.jikimi.testkit.TestTokens.Bearer;
import org.jspecify.annotations.Nullable;

/** What people at a district's desk do with requests, over REST. */
final class Desk {
    static final Bearer OFFICER =
            TestTokens.of("officer", "dong-officer").agency(new UUID(0, 1)).districts("11350");
    static final Bearer SUPERVISOR = TestTokens.of("supervisor", "supervisor").districts("11350");
    static final Bearer STRANGER =
            TestTokens.of("stranger", "dong-officer", "supervisor").districts("11110");
    static final Bearer BOTH = TestTokens.of("supervisor", "supervisor").districts("11350", "11110");
    static final Bearer REGISTER = TestTokens.of("register", "partner-agency").sourceKind("resident-register");

    private Desk() {}

    static String child(String number, String household) {
        return child(number, household, World.DONG);
    }

    static String child(String number, String household, String dong) {
        register(number, household, dong);
        return post(
                        OFFICER,
                        "children/matches",
                        null,
                        UUID.randomUUID().toString(),
                        "{\"identifier\":{\"scheme\":\"RRN\",\"value\":\"" + number + "\"},\"purpose\":\"DESK\"}")
                .statusCode(200)
                .extract()
                .path("childId");
    }

    /** The register's line about a child, who lives there from then on. */
    static void register(String number, String household, String dong) {
        var line = SendChildren.child(number, household, "2015-05-01", "TWO_PARENT", dong, "HOME");
        upload(REGISTER, "/api/v1/child-batches", line).statusCode(201);
    }

    static void merge(Bearer who, String alias, String survivor) {
        var body = "{\"survivorId\":\"" + survivor + "\",\"reason\":\"SAME_PERSON_SEEN\"}";
        post(who, "children/" + alias + "/merges", version(who, alias), null, body)
                .statusCode(200);
    }

    static void split(Bearer who, String alias, String survivor) {
        post(who, "children/" + alias + "/splits", version(who, survivor), null, "{\"reason\":\"TWINS\"}")
                .statusCode(200);
    }

    private static String version(Bearer who, String child) {
        return get(who, "children/" + child).statusCode(200).extract().header("ETag");
    }

    static ValidatableResponse upload(Bearer who, String path, String lines) {
        return as(who).header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType("application/x-ndjson")
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post(path)
                .then();
    }

    static String body(String kind, String requester, LocalDate received) {
        return "{\"kind\":\"%s\",\"requester\":\"%s\",\"identityCheck\":\"ID_DOCUMENT\",%s\"receivedOn\":\"%s\",\"text\":\"%s\"}"
                .formatted(
                        kind,
                        requester,
                        requester.equals("CHILD") ? "" : "\"representation\":\"FAMILY_RELATION_CERTIFICATE\",",
                        received,
                        "합성 요구서");
    }

    /** The id of a new request. */
    static String request(String child, String kind, String requester, LocalDate received) {
        return register(OFFICER, child, UUID.randomUUID().toString(), body(kind, requester, received))
                .statusCode(201)
                .extract()
                .path("id");
    }

    static ValidatableResponse register(Bearer who, String child, @Nullable String key, String body) {
        return post(who, "children/" + child + "/rights-requests", null, key, body);
    }

    static ValidatableResponse decide(Bearer who, String request, @Nullable String etag, String body) {
        return post(who, "rights-requests/" + request + "/decision", etag, null, body);
    }

    static ValidatableResponse granted(String request) {
        return granted(request, "");
    }

    /** @param more further members of the decision, each with a comma before it */
    static ValidatableResponse granted(String request, String more) {
        return decide(
                        SUPERVISOR,
                        request,
                        "\"1\"",
                        "{\"outcome\":\"GRANTED\",\"conflictOfInterest\":false" + more + "}")
                .statusCode(200);
    }

    static ValidatableResponse answer(String request) {
        return get(OFFICER, "rights-requests/" + request + "/answer");
    }

    static ValidatableResponse get(Bearer who, String path) {
        return as(who).urlEncodingEnabled(false).get("/api/v1/" + path).then();
    }

    static ValidatableResponse post(Bearer who, String path, @Nullable String etag, @Nullable String key, String body) {
        var request = as(who).contentType(ContentType.JSON).body(body);
        if (etag != null) {
            request.header("If-Match", etag);
        }
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return request.post("/api/v1/" + path).then();
    }

    static RequestSpecification as(Bearer who) {
        return given().header("Authorization", "Bearer " + who.token());
    }
}
