package org.jikimi.screening.signal;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.jikimi.testkit.TestTokens.Bearer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Single signals while the service lets nothing in that may wait. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class SignalLimitsTest {
    private static final String URGENT = "SUSPECTED_ABUSE_MEDICAL_RECORD";
    private static final Bearer REGISTER =
            TestTokens.of("register", "partner-agency").sourceKind("resident-register");
    private static final Bearer CLINIC =
            TestTokens.of("clinic", "partner-agency").sourceKind("clinic");
    private static final Bearer POWER = TestTokens.of("power", "partner-agency").sourceKind("power-utility");

    @Inject
    Times times;

    @Inject
    Door door;

    @BeforeEach
    void theOutboxIsBehind() {
        given().header("Authorization", "Bearer " + REGISTER.token())
                .header("Idempotency-Key", "signal-limits")
                .contentType("application/x-ndjson")
                .body(SendChildren.child("SL1", "SLH-1", "2015-05-01").getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/child-batches")
                .then()
                .statusCode(201);
        door.close();
    }

    @AfterEach
    void theOutboxHasCaughtUp() {
        door.open();
    }

    @Test
    void anUrgentSignalIsTaken() {
        send(CLINIC, observed(URGENT)).statusCode(201).body("flagId", notNullValue());
    }

    @Test
    void aSignalThatIsNotUrgentWaits() {
        waits(send(POWER, observed("POWER_CUTOFF").replace("RRN", "HOUSEHOLD").replace("SL1", "SLH-1")));
    }

    @Test
    void anUrgentSignalThatIsClearedWaits() {
        waits(send(CLINIC, observed(URGENT).replace("\"clearedOn\":null", "\"clearedOn\":\"" + times.today() + "\"")));
    }

    @Test
    void anUrgentIndicatorOfAnotherKindOfSourceWaits() {
        waits(send(POWER, observed(URGENT)));
    }

    private static void waits(ValidatableResponse response) {
        response.statusCode(503).body("type", endsWith("outbox-behind")).header("Retry-After", equalTo("30"));
    }

    private String observed(String indicator) {
        return """
                {"signalId":"%s","indicator":"%s","subject":{"scheme":"RRN","value":"SL1"},"observedOn":"%s",
                 "clearedOn":null}""".formatted(UUID.randomUUID(), indicator, times.today());
    }

    private static ValidatableResponse send(Bearer who, String signal) {
        return given().header("Authorization", "Bearer " + who.token())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body(signal)
                .post("/api/v1/signals")
                .then();
    }
}
