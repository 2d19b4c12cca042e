package org.jikimi.systemtests.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jikimi.systemtests.running.Problems.assertProblem;

import java.util.UUID;
import org.jikimi.local.Stack;
import org.jikimi.systemtests.Family;
import org.jikimi.systemtests.Rest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests about one thing that are stale, repeated or not what they should be. */
@ExtendWith(RunningPlatform.class)
class BadRequestTest {
    private static final String NO_ANSWER = "{\"result\":\"NO_ANSWER\"}";

    private final Rest rest;
    private final Family family = Family.next();
    private String officer = "";
    private String visit = "";

    BadRequestTest(Stack stack) {
        this.rest = new Rest(stack);
    }

    @BeforeEach
    void planAVisit() {
        family.register(rest);
        officer = "officer-" + family.district();
        visit = "visits/" + family.visitAfterUrgentSignal(rest).path("id").asText();
    }

    @Test
    void aChangeOfAStaleVersionIsRefused() {
        var etag = rest.as(officer).get(Rest.Service.CASES, visit).etag();
        assertThat(attempt(etag).status()).isEqualTo(200);

        assertProblem(attempt(etag), 412, "stale-version");
    }

    @Test
    void aChangeWithoutAVersionIsRefused() {
        var answer = rest.as(officer).post(Rest.Service.CASES, visit + "/attempts", NO_ANSWER);

        assertProblem(answer, 428, "missing-version");
    }

    @Test
    void aVersionThatIsNoneIsRefused() {
        assertProblem(attempt("three"), 400, "invalid-if-match");
    }

    @Test
    void theSameKeyWithTheSameBodyIsAnsweredAsBeforeAndDoesNothingTwice() {
        var key = UUID.randomUUID().toString();
        var etag = rest.as(officer).get(Rest.Service.CASES, visit).etag();
        var first = attempt(etag, key, NO_ANSWER);

        var again = attempt(etag, key, NO_ANSWER);

        assertThat(again).isEqualTo(first);
        assertThat(rest.as(officer).get(Rest.Service.CASES, visit).body().path("attempts"))
                .hasSize(1);
    }

    @Test
    void theSameKeyWithAnotherBodyIsRefused() {
        var key = UUID.randomUUID().toString();
        var etag = rest.as(officer).get(Rest.Service.CASES, visit).etag();
        assertThat(attempt(etag, key, NO_ANSWER).status()).isEqualTo(200);

        assertProblem(attempt(etag, key, "{\"result\":\"REFUSED\"}"), 422, "idempotency-key-reused");
    }

    @Test
    void aCreationWithoutAKeyIsRefused() {
        var answer = rest.as("agency-clinic")
                .header("Idempotency-Key", "")
                .post(
                        Rest.Service.SCREENING,
                        "signals",
                        family.signal("POWER_CUTOFF").toString());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isIn("missing-idempotency-key", "invalid-idempotency-key");
    }

    @Test
    void aBodyThatIsNoJsonIsRefused() {
        assertProblem(clinicSends("{\"signalId\":"), 400, "malformed-body");
        assertProblem(clinicSends(""), 400, "malformed-body");
        assertProblem(clinicSends("null"), 400, "malformed-body");
        assertProblem(clinicSends("[]"), 400, "malformed-body");
    }

    @Test
    void aDeeplyNestedBodyIsRefused() {
        var deep = "[".repeat(100_000) + "]".repeat(100_000);

        assertProblem(clinicSends(deep), 400, "malformed-body");
        assertProblem(clinicSends("{\"signalId\":" + deep + "}"), 422, "invalid-field");
        assertProblem(clinicSends("{\"nickname\":" + deep + "}"), 400, "malformed-body");
    }

    @Test
    void aBodyOfTenMegabytesIsRefused() {
        assertProblem(clinicSends("{\"signalId\":\"" + "x".repeat(10 * 1024 * 1024) + "\"}"), 413, "body-too-large");
    }

    @Test
    void aValueOfTheWrongTypeIsRefused() {
        var signal = family.signal("SUSPECTED_ABUSE_MEDICAL_RECORD");

        var number = clinicSends(signal.put("observedOn", 20260930).toString());
        var noDate = clinicSends(signal.put("observedOn", "20260930").toString());

        assertProblem(number, 422, "invalid-field");
        assertThat(number.body().path("field").asText()).isEqualTo("observedOn");
        assertProblem(noDate, 422, "invalid-field");
        assertThat(noDate.body().path("code").asText()).isEqualTo("wrong-type");
        assertProblem(clinicSends(signal.put("subject", "RRN").toString()), 422, "invalid-field");
    }

    @Test
    void aFieldNobodyKnowsIsRefused() {
        assertProblem(
                clinicSends(family.signal("SUSPECTED_ABUSE_MEDICAL_RECORD")
                        .put("nickname", "x")
                        .toString()),
                400,
                "unknown-field");
    }

    @Test
    void aSignalThatABatchWouldRejectIsRefusedWithTheSameCode() {
        var answer = clinicSends(family.signal("NO_SUCH_INDICATOR").toString());

        assertProblem(answer, 422, "invalid-field");
        assertThat(answer.body().path("code").asText()).isEqualTo("unknown-indicator");
    }

    @Test
    void aBodyOfAnotherMediaTypeIsRefused() {
        var answer = rest.as(officer)
                .header("If-Match", "\"1\"")
                .post(Rest.Service.CASES, visit + "/attempts", "text/plain", new byte[] {'x'});

        assertProblem(answer, 415, "unsupported-media-type");
    }

    private Rest.Answer clinicSends(String body) {
        return rest.as("agency-clinic").post(Rest.Service.SCREENING, "signals", body);
    }

    private Rest.Answer attempt(String etag) {
        return attempt(etag, UUID.randomUUID().toString(), NO_ANSWER);
    }

    private Rest.Answer attempt(String etag, String key, String body) {
        return rest.as(officer)
                .header("Idempotency-Key", key)
                .header("If-Match", etag)
                .post(Rest.Service.CASES, visit + "/attempts", body);
    }
}
