package org.jikimi.screening;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.jikimi.testkit.TestTokens;
import org.jikimi.testkit.TestTokens.Bearer;

/** What the running service is asked, and by whom. */
final class Requests {
    static final String NDJSON = "application/x-ndjson";
    static final Bearer REGISTER = TestTokens.of("register", "partner-agency").sourceKind("resident-register");
    static final Bearer CLINIC = TestTokens.of("clinic", "partner-agency").sourceKind("clinic");
    static final Bearer OFFICER = TestTokens.of("officer", "dong-officer").districts("11350");

    private Requests() {}

    /** Or a client adds a charset to their type. */
    static void sendBatchesAsTheyAre() {
        RestAssured.config = RestAssured.config()
                .encoderConfig(EncoderConfig.encoderConfig()
                        .encodeContentTypeAs(NDJSON, ContentType.TEXT)
                        .appendDefaultContentCharsetToContentTypeIfUndefined(false));
    }

    static RequestSpecification as(Bearer bearer) {
        return given().header("Authorization", "Bearer " + bearer.token())
                .header("Idempotency-Key", UUID.randomUUID().toString());
    }

    static void register(String lines) {
        as(REGISTER)
                .contentType(NDJSON)
                .body(lines.getBytes(UTF_8))
                .post("/api/v1/child-batches")
                .then()
                .statusCode(201)
                .body("rejected", equalTo(0));
    }
}
