package org.jikimi.screening.source;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.screening.signal.SendSignals;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.jikimi.testkit.TestTokens.Bearer;
import org.junit.jupiter.api.Test;

/** Statistics by source, over REST, and the signals that come one by one. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class SourceApiTest {
    private static final String SOURCES = "/api/v1/signal-sources";
    private static final Bearer ANALYST = TestTokens.of("analyst", "analyst");
    private static final Bearer REGISTER =
            TestTokens.of("register", "partner-agency").sourceKind("resident-register");

    @Inject
    Times times;

    @Test
    void singleSignalsAreCountedAndRefusedOnesTooThoughTheyLeaveNothingElse() {
        var pension = agency("pension", "pension-service");
        register("SO1", "SOH-1");
        var signal = signal("PENSION_LOAN_USER", "SOH-1");
        var key = UUID.randomUUID().toString();
        send(pension.bearer(), key, signal).statusCode(201);
        send(pension.bearer(), key, signal).statusCode(201).header("Idempotency-Replayed", "true");
        send(pension.bearer(), signal).statusCode(201).body("status", equalTo("DUPLICATE"));
        send(pension.bearer(), signal("PENSION_LOAN_USER", "nobody")).statusCode(422);
        send(pension.bearer(), signal("WATER_CUTOFF", "SOH-1")).statusCode(422).body("code", equalTo("wrong-source"));
        send(pension.bearer(), signal("NO_SUCH", "SOH-1")).statusCode(422);

        var rows = list(pension.bearer(), "").statusCode(200).body("items.source", not(hasItem(not(pension.id()))));

        rows.body("items.indicator", contains("WATER_CUTOFF", "PENSION_LOAN_USER", "UNASSIGNED"))
                .body("items[1].received", equalTo(3))
                .body("items[1].accepted", equalTo(1))
                .body("items[1].duplicates", equalTo(1))
                .body("items[1].rejected", equalTo(1))
                .body("items[1].rejections.unknown-subject", equalTo(1))
                .body("items[1].lastDeliveredOn", equalTo(times.today().toString()))
                .body("items[1].freshnessDays", equalTo(0))
                .body("items[1].nameKo", equalTo("국민연금 대출 이용"))
                .body("items[1].silentSince", equalTo(null))
                .body("items[0].rejectionRate", equalTo(1.0f))
                .body("items[0].lastDeliveredOn", equalTo(null))
                .body("items[2].rejections.unknown-indicator", equalTo(1));
    }

    @Test
    void anAgencySeesItselfAloneAndTheCityAll() {
        var phones = agency("phones", "telecom");
        var otherPhones = agency("other-phones", "telecom");
        register("SO2", "SOH-2");
        for (var agency : new Agency[] {phones, otherPhones}) {
            batch(agency.bearer(), signal("TELECOM_ARREARS", "SOH-2") + "nonsense\n");
        }

        list(phones.bearer(), "").body("items.source", contains(phones.id(), phones.id()));
        list(TestTokens.of("nobody", "partner-agency").sourceKind("housing"), "")
                .statusCode(200)
                .body("items.source", not(hasItem(phones.id())));
        for (var role : new String[] {"analyst", "supervisor", "operator", "auditor"}) {
            list(TestTokens.of(role, role), "").body("items.source", hasItems(phones.id(), otherPhones.id()));
        }
    }

    @Test
    void whoIsOfNoAgencyAndNoKindIsRefusedAndSoAreOthers() {
        list(TestTokens.of("nobody", "partner-agency"), "").statusCode(403).body("type", endsWith("no-source-kind"));
        list(TestTokens.of("officer", "dong-officer").districts("11350"), "").statusCode(403);
        given().get(SOURCES).then().statusCode(401);
    }

    @Test
    void aWindowThatCannotBeIsAProblem() {
        for (var days : new String[] {"0", "-1", "367", "999999999999", "abc", "1.5", "%00"}) {
            list(ANALYST, "?days=" + days).statusCode(400).body("type", endsWith("invalid-parameter"));
        }
        var today = times.today();

        list(ANALYST, "?days=366")
                .statusCode(200)
                .body("from", equalTo(today.minusDays(365).toString()));
        list(ANALYST, "?days=1").body("from", equalTo(today.toString())).body("to", equalTo(today.toString()));
        list(ANALYST, "").body("from", equalTo(today.minusDays(29).toString()));
    }

    private record Agency(String id, Bearer bearer) {}

    private static Agency agency(String name, String kind) {
        var id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return new Agency(
                id.toString(), TestTokens.of(name, "partner-agency").agency(id).sourceKind(kind));
    }

    private static ValidatableResponse list(Bearer who, String query) {
        return given().header("Authorization", "Bearer " + who.token())
                .urlEncodingEnabled(false)
                .get(SOURCES + query)
                .then();
    }

    private static ValidatableResponse send(Bearer who, String signal) {
        return send(who, UUID.randomUUID().toString(), signal);
    }

    private static ValidatableResponse send(Bearer who, String key, String signal) {
        return given().header("Authorization", "Bearer " + who.token())
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(signal)
                .post("/api/v1/signals")
                .then();
    }

    private String signal(String indicator, String household) {
        return SendSignals.signal(
                "S-" + indicator,
                indicator,
                "HOUSEHOLD",
                household,
                times.today().toString());
    }

    private static void batch(Bearer who, String lines) {
        upload(who, "/api/v1/signal-batches", lines).body("received", equalTo(2));
    }

    private static void register(String child, String household) {
        upload(REGISTER, "/api/v1/child-batches", SendChildren.child(child, household, "2015-05-01"))
                .body("rejected", equalTo(0));
    }

    private static ValidatableResponse upload(Bearer who, String path, String lines) {
        return given().header("Authorization", "Bearer " + who.token())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType("application/x-ndjson")
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post(path)
                .then()
                .statusCode(201);
    }
}
