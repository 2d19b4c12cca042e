package org.jikimi.sample.note;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.jikimi.testkit.TestTokens;
import org.jikimi.testkit.TestTokens.Bearer;

/** Requests about notes, as a client of the test service makes them. */
final class NoteRequests {
    static final String NOTES = "/api/v1/notes";
    static final Bearer WRITER = TestTokens.of("writer", "writer").districts("11110", "11350");

    private NoteRequests() {}

    static RequestSpecification as(Bearer bearer) {
        return given().header("Authorization", "Bearer " + bearer.token());
    }

    static RequestSpecification writing(String body) {
        return as(WRITER).contentType(ContentType.JSON).body(body);
    }

    static Response add(String key, String body) {
        return writing(body).header("Idempotency-Key", key).post(NOTES);
    }

    static Response add(String text) {
        return add(UUID.randomUUID().toString(), "{\"text\":\"%s\",\"stars\":3}".formatted(text));
    }

    static ValidatableResponse isProblem(Response response, int status, String code) {
        return response.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .header("Cache-Control", "no-store")
                .body("type", equalTo("urn:jikimi:problem:" + code))
                .body("status", equalTo(status))
                .body("title", notNullValue())
                .body("titleKo", notNullValue());
    }

    static String path(String location) {
        return location.substring(location.indexOf(NOTES));
    }
}
