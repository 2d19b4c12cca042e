package org.jikimi.screening;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.jikimi.screening.Requests.CLINIC;
import static org.jikimi.screening.Requests.NDJSON;
import static org.jikimi.screening.Requests.OFFICER;
import static org.jikimi.screening.Requests.as;
import static org.jikimi.screening.Requests.register;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.screening.signal.SendSignals;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.jikimi.testkit.TestTokens.Bearer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Batches and their receipts as an agency sees them. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class BatchApiTest {
    private static final Bearer POWER = TestTokens.of("power", "partner-agency").sourceKind("power-utility");

    @BeforeAll
    static void batchesAreSentAsTheyAre() {
        Requests.sendBatchesAsTheyAre();
    }

    @Test
    void aBatchIsTakenPackedAndItsRejectionsCanBeRead() throws Exception {
        register(SendChildren.child("R1", "RH-1", "2015-05-01"));
        var lines = SendSignals.signal("R-S1", "POWER_CUTOFF", "HOUSEHOLD", "RH-1", "2026-09-01") + "nonsense\n";
        var id = as(POWER)
                .contentType(NDJSON)
                .header("Content-Encoding", "gzip")
                .body(zipped(lines))
                .post("/api/v1/signal-batches")
                .then()
                .statusCode(201)
                .body("received", equalTo(2))
                .body("accepted", equalTo(1))
                .body("rejected", equalTo(1))
                .body("sha256", equalTo(sha256(lines)))
                .extract()
                .<String>path("batchId");
        as(POWER)
                .get("/api/v1/signal-batches/" + id)
                .then()
                .statusCode(200)
                .body("state", equalTo("COMPLETE"))
                .body("sha256", equalTo(sha256(lines)));
        as(POWER)
                .get("/api/v1/signal-batches/" + id + "/rejections")
                .then()
                .statusCode(200)
                .body("items[0].line", equalTo(2))
                .body("items[0].code", equalTo("malformed-json"));
        as(CLINIC).get("/api/v1/signal-batches/" + id).then().statusCode(404);
    }

    @Test
    void whoMayNotSendIsRefusedAndSoIsWhatCannotBeRead() {
        given().contentType(NDJSON)
                .body("")
                .post("/api/v1/signal-batches")
                .then()
                .statusCode(401);
        as(OFFICER)
                .contentType(NDJSON)
                .body("")
                .post("/api/v1/signal-batches")
                .then()
                .statusCode(403);
        as(POWER)
                .contentType(NDJSON)
                .body("")
                .post("/api/v1/child-batches")
                .then()
                .statusCode(403);
        as(TestTokens.of("nobody", "partner-agency"))
                .contentType(NDJSON)
                .body("")
                .post("/api/v1/signal-batches")
                .then()
                .statusCode(403);
        as(POWER)
                .contentType(ContentType.XML)
                .body("<a/>")
                .post("/api/v1/signal-batches")
                .then()
                .statusCode(415);
        as(POWER)
                .contentType(NDJSON)
                .header("Content-Encoding", "br")
                .body("x")
                .post("/api/v1/signal-batches")
                .then()
                .statusCode(415);
        given().header("Authorization", "Bearer " + POWER.token())
                .contentType(NDJSON)
                .body("")
                .post("/api/v1/signal-batches")
                .then()
                .statusCode(400);
    }

    @Test
    void aKeyThatNamedOtherLinesIsRefusedWithTheReceipt() throws Exception {
        var key = UUID.randomUUID().toString();

        send(key, "a\n").statusCode(201).body("sha256", equalTo(sha256("a\n")));
        send(key, "b\n").statusCode(422).body("receipt.sha256", equalTo(sha256("a\n")));
    }

    @Test
    void theDescriptionOfTheServiceSaysWhatAReceiptsHashIsOf() {
        given().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("components.schemas.Receipt.properties.sha256.description", containsString("what sha256sum says"))
                .body(
                        "paths.'/api/v1/signal-batches'.post.responses.'201'.content.'application/json'.schema.'$ref'",
                        equalTo("#/components/schemas/Receipt"));
    }

    private static ValidatableResponse send(String key, String lines) {
        return given().header("Authorization", "Bearer " + POWER.token())
                .header("Idempotency-Key", key)
                .contentType(NDJSON)
                .body(lines)
                .post("/api/v1/signal-batches")
                .then();
    }

    private static String sha256(String text) throws NoSuchAlgorithmException {
        var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash);
    }

    private static byte[] zipped(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
