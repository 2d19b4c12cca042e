package org.jikimi.screening;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.jikimi.screening.Requests.CLINIC;
import static org.jikimi.screening.Requests.OFFICER;
import static org.jikimi.screening.Requests.as;
import static org.jikimi.screening.Requests.register;
import static org.jikimi.screening.round.AnalystsDesk.etag;
import static org.jikimi.screening.round.AnalystsDesk.step;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.LocalDate;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.screening.signal.SendSignals;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.jikimi.testkit.TestTokens.Bearer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class ScreeningServiceTest {
    private static final Bearer ANALYST = TestTokens.of("analyst", "analyst").districts("11350");
    private static final Bearer OTHER_ANALYST = TestTokens.of("analyst-2", "analyst");
    private static final Bearer SUPERVISOR = TestTokens.of("supervisor", "supervisor");
    private static final Bearer GAS = TestTokens.of("gas", "partner-agency").sourceKind("gas-utility");
    private static final Bearer STRANGER =
            TestTokens.of("stranger", "dong-officer").districts("11110");
    private static final Bearer HOTLINE = TestTokens.of("112", "report-gateway").districts("11350");

    @Inject
    Times times;

    @BeforeAll
    static void batchesAreSentAsTheyAre() {
        Requests.sendBatchesAsTheyAre();
    }

    private String today() {
        return times.today().toString();
    }

    private static String inUse() {
        return as(ANALYST).get("/api/v1/models").path("items.find { it.state == 'ACTIVE' }.version");
    }

    @Test
    void anUrgentSignalAnswersWithItsFlagAndTheRiskTellsWhy() {
        register(SendChildren.child("U1", "UH-1", "2015-05-01"));
        var signal = SendSignals.signal("U-S1", "SUSPECTED_ABUSE_MEDICAL_RECORD", "RRN", "U1", today());
        as(CLINIC)
                .contentType(ContentType.JSON)
                .body(signal)
                .post("/api/v1/signals")
                .then()
                .statusCode(201)
                .body("status", equalTo("ACCEPTED"))
                .body("flagId", notNullValue());
        var child = as(HOTLINE)
                .contentType(ContentType.JSON)
                .body("{\"identifier\":{\"scheme\":\"RRN\",\"value\":\"U1\"},\"purpose\":\"ABUSE_REPORT\"}")
                .post("/api/v1/children/matches")
                .then()
                .statusCode(200)
                .extract()
                .<String>path("childId");
        as(OFFICER)
                .get("/api/v1/children/" + child + "/risk")
                .then()
                .statusCode(200)
                .body("score", equalTo(41))
                .body("candidate", equalTo(true))
                .body("reasons", hasSize(2))
                .body("reasons[0].code", equalTo("SUSPECTED_ABUSE_MEDICAL_RECORD"))
                .body("reasons[0].points", equalTo(40))
                .body("reasons[0].observedOn", equalTo(today()))
                .body(
                        "reasons[0].countsUntil",
                        equalTo(times.today().plusDays(364).toString()))
                .body("modelVersion", equalTo(inUse()))
                .body("percentile.ofChildren", notNullValue())
                .body("without.without", contains("SUSPECTED_ABUSE_MEDICAL_RECORD", "REGION_11350"))
                .body("without[0].score", equalTo(1))
                .body("without[0].candidate", equalTo(false))
                .body("without[0].urgent", equalTo(false))
                .body("without[0].textEn", equalTo("Without Medical record suggesting abuse: 1 points, not flagged"))
                .body("without[0].textKo", equalTo("학대 의심 진료기록 항목이 없으면: 1점, 발굴 대상 아님"))
                .body("without[1].score", equalTo(40))
                .body("without[1].candidate", equalTo(true))
                .body("history", hasSize(1))
                .body("history[0].on", equalTo(today()))
                .body("history[0].score", equalTo(41))
                .body("history[0].came", contains("SUSPECTED_ABUSE_MEDICAL_RECORD"))
                .body("history[0].went", empty())
                .body("flags", hasSize(1));
        as(STRANGER).get("/api/v1/children/" + child + "/risk").then().statusCode(403);
        as(STRANGER).get("/api/v1/children/" + child).then().statusCode(403);
        as(OFFICER)
                .contentType(ContentType.JSON)
                .body("{\"childIds\":[\"" + child + "\"],\"purpose\":\"VISIT\"}")
                .post("/api/v1/identity-disclosures")
                .then()
                .statusCode(200)
                .body("items[0].name", equalTo("합성 U1"));
        as(CLINIC)
                .contentType(ContentType.JSON)
                .body(signal.replace("\"U1\"", "\"nobody\"").replace("U-S1", "U-S2"))
                .post("/api/v1/signals")
                .then()
                .statusCode(422)
                .body("code", equalTo("unknown-subject"));
    }

    @Test
    void theCatalogueTellsOnWhatKnowledgeEachIndicatorRests() {
        as(OFFICER)
                .get("/api/v1/indicators")
                .then()
                .statusCode(200)
                .body("items.find { it.code == 'GAS_CUTOFF' }.basis", equalTo("statute-or-reported"))
                .body("items.find { it.code == 'CAREGIVER_DEBT' }.basis", equalTo("plan"))
                .body("items.find { it.code == 'MEDICAL_AID' }.basis", equalTo("research"))
                .body("items.find { it.code == 'ADDRESS_MISMATCH' }.basis", equalTo("inferred"));
    }

    @Test
    void theSyntheticCityUsesAnIndicatorUnderABasisCalledDemonstrationUntilOneIsRecorded() {
        var indicator = "/api/v1/indicators/CONDOMINIUM_FEE_ARREARS";
        as(OFFICER)
                .get(indicator)
                .then()
                .statusCode(200)
                .body("enabled", equalTo(true))
                .body("legalBasis.article", equalTo("demonstration"));
        as(OFFICER)
                .get("/api/v1/indicators")
                .then()
                .statusCode(200)
                .body(
                        "items.find { it.code == 'CONDOMINIUM_FEE_ARREARS' }.legalBasis.article",
                        equalTo("demonstration"));

        as(SUPERVISOR)
                .header("If-Match", etag(indicator))
                .contentType(ContentType.JSON)
                .body("{\"article\":\"사회보장급여법 제12조\",\"inForceOn\":\"2026-01-01\"}")
                .post(indicator + "/legal-basis")
                .then()
                .statusCode(201);

        as(OFFICER).get(indicator).then().body("legalBasis.article", equalTo("사회보장급여법 제12조"));
    }

    @Test
    void anIndicatorWithoutALegalBasisIsRefusedLineByLineUntilOneIsRecorded() {
        register(SendChildren.child("L1", "LH-1", "2015-05-01"));
        var basis = "/api/v1/indicators/GAS_CUTOFF/legal-basis";
        as(SUPERVISOR)
                .header("If-Match", etag("/api/v1/indicators/GAS_CUTOFF"))
                .contentType(ContentType.JSON)
                .post(basis + "/withdrawal")
                .then()
                .statusCode(201);
        as(GAS).get("/api/v1/indicators")
                .then()
                .statusCode(200)
                .body("items", hasSize(44))
                .body("items.find { it.code == 'GAS_CUTOFF' }.enabled", equalTo(false));

        gasSignal("L-S1").statusCode(422).body("code", equalTo("no-legal-basis"));

        var article = "{\"article\":\"아동복지법 제15조의4\",\"inForceOn\":\"2026-01-01\"}";
        as(ANALYST)
                .contentType(ContentType.JSON)
                .body(article)
                .post(basis)
                .then()
                .statusCode(403);
        for (var nothing : new String[] {"{}", article.replace("아동복지법 제15조의4", "Demonstration")}) {
            record("GAS_CUTOFF", nothing).statusCode(422).body("field", equalTo("article"));
        }
        for (var day : new String[] {"-4800-01-01", "+999999999-01-01", "1948-07-16", "soon"}) {
            record("GAS_CUTOFF", article.replace("2026-01-01", day))
                    .statusCode(422)
                    .body("field", equalTo("inForceOn"));
        }
        record("NO_SUCH", article).statusCode(404);
        record("GAS_CUTOFF", article)
                .statusCode(201)
                .body("enabled", equalTo(true))
                .body("legalBasis.article", equalTo("아동복지법 제15조의4"));
        gasSignal("L-S1").statusCode(201);
    }

    private static ValidatableResponse record(String indicator, String body) {
        return as(SUPERVISOR)
                .header("If-Match", etag("/api/v1/indicators/GAS_CUTOFF"))
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/indicators/" + indicator + "/legal-basis")
                .then();
    }

    private ValidatableResponse gasSignal(String id) {
        return as(GAS).contentType(ContentType.JSON)
                .body(SendSignals.signal(id, "GAS_CUTOFF", "HOUSEHOLD", "LH-1", today()))
                .post("/api/v1/signals")
                .then();
    }

    @Test
    void aRoundIsOpenedAndScreenedInTheBackground() {
        register(SendChildren.child("O1", "OH-1", "2023-05-01"));
        as(ANALYST)
                .header("If-Match", etag("/api/v1/dong-capacities"))
                .contentType(ContentType.JSON)
                .body("{\"items\":[{\"dongCode\":\"" + World.DONG + "\",\"visitsPerRound\":3}]}")
                .post("/api/v1/dong-capacities")
                .then()
                .statusCode(201);
        as(ANALYST)
                .contentType(ContentType.JSON)
                .body("{\"programme\":\"NONE\"}")
                .post("/api/v1/rounds")
                .then()
                .statusCode(422);
        var asOf = LocalDate.of(2026, 10, 1);
        var round = as(ANALYST)
                .contentType(ContentType.JSON)
                .body("{\"programme\":\"AGE_THREE_SURVEY\",\"asOf\":\"" + asOf + "\"}")
                .post("/api/v1/rounds")
                .then()
                .statusCode(201)
                .extract()
                .<String>path("id");
        var path = "/api/v1/rounds/" + round;
        as(ANALYST).post(path + "/opening").then().statusCode(428);
        as(ANALYST).header("If-Match", "\"9\"").post(path + "/opening").then().statusCode(412);
        step(path, "opening", "OPENED");
        step(path, "screening", "SCREENED");
        as(ANALYST)
                .get(path + "/flags?limit=1")
                .then()
                .statusCode(200)
                .body("items[0].state", equalTo("FLAGGED"))
                .body("items[0].rank", equalTo(1));
        as(ANALYST).get(path + "/coverage").then().statusCode(200).body("flagged", equalTo(1));
        as(OFFICER).get(path + "/flags").then().statusCode(403);
        as(ANALYST)
                .header("If-Match", etag(path))
                .post(path + "/closure")
                .then()
                .statusCode(200)
                .body("state", equalTo("CLOSED"));
    }

    @Test
    void aModelNeedsASecondPerson() {
        String shipped = as(ANALYST)
                .get("/api/v1/models")
                .then()
                .statusCode(200)
                .extract()
                .body()
                .asString();
        assertFalse(shipped.isEmpty());
        var proposal = """
                {"version":"v2","threshold":20,"urgentThreshold":90,"caregivingGap":5,"indicators":[],
                 "ageBands":[],"familyTypes":[],"regions":[]}""";
        as(ANALYST)
                .contentType(ContentType.JSON)
                .body(proposal)
                .post("/api/v1/models")
                .then()
                .statusCode(201);
        as(ANALYST)
                .contentType(ContentType.JSON)
                .body(proposal)
                .post("/api/v1/models")
                .then()
                .statusCode(409);
        var etag = etag("/api/v1/models/v2");
        as(ANALYST)
                .header("If-Match", etag)
                .post("/api/v1/models/v2/activation")
                .then()
                .statusCode(403);
        as(OTHER_ANALYST)
                .header("If-Match", etag)
                .post("/api/v1/models/nothing/activation")
                .then()
                .statusCode(404);
        as(ANALYST)
                .contentType(ContentType.JSON)
                .body(proposal.replace("\"v2\"", "\"v3\"").replace("\"threshold\":20", "\"threshold\":0"))
                .post("/api/v1/models")
                .then()
                .statusCode(422);
    }

    @Test
    void aChildNobodyKnowsGetsAProvisionalId() {
        as(HOTLINE)
                .contentType(ContentType.JSON)
                .body("{\"districtCode\":\"11350\",\"dongCode\":\"1135056000\",\"name\":\"합성 P1\"}")
                .post("/api/v1/children/provisional")
                .then()
                .statusCode(201)
                .body("provisional", equalTo(true));
        as(HOTLINE)
                .contentType(ContentType.JSON)
                .body("{\"districtCode\":\"99999\",\"dongCode\":\"1135056000\"}")
                .post("/api/v1/children/provisional")
                .then()
                .statusCode(422);
    }
}
