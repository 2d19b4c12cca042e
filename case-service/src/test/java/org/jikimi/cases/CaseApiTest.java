package org.jikimi.cases;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.jikimi.cases.Requests.DISTRICT;
import static org.jikimi.cases.Requests.answer;
import static org.jikimi.cases.Requests.as;
import static org.jikimi.cases.Requests.change;
import static org.jikimi.cases.Requests.gateway;
import static org.jikimi.cases.Requests.investigator;
import static org.jikimi.cases.Requests.json;
import static org.jikimi.cases.Requests.manager;
import static org.jikimi.cases.Requests.officer;
import static org.jikimi.cases.Requests.police;
import static org.jikimi.cases.Requests.post;
import static org.jikimi.cases.Requests.problem;
import static org.jikimi.cases.Requests.supervisor;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jikimi.cases.casefile.FollowReferral;
import org.jikimi.cases.visit.PlanVisit;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.time.Times;
import org.jikimi.testkit.Parts;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The public surface of the running service, with its real database, Kafka and tokens. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class CaseApiTest {
    private static final UUID CPA = UUID.fromString("00000000-0000-7000-8001-000000000001");
    private static final UUID OTHER_CPA = UUID.fromString("00000000-0000-7000-8001-000000000002");

    @Inject
    PlanVisit plan;

    @Inject
    FollowReferral referrals;

    @Inject
    Transactions transactions;

    @Inject
    Times times;

    private final UUID child = EventIds.next();
    private final UUID sibling = EventIds.next();
    private final UUID flag = EventIds.next();
    private String visit = "";

    @BeforeEach
    void aChildIsFlagged() throws SQLException {
        transactions.run(tx -> plan.forFlag(
                tx,
                new PlanVisit.Flagged(
                        flag,
                        child,
                        EventIds.next(),
                        List.of(sibling),
                        DISTRICT,
                        "1135056000",
                        false,
                        times.now(),
                        EventIds.next())));
        visit = "/api/v1/visits/"
                + officer(DISTRICT)
                        .get("/api/v1/visits?state=PLANNED&limit=500")
                        .path("items.find { it.correlationId == '" + flag + "' }.id");
    }

    @Test
    void aChildGoesFromTheFlagToAClosedCase() throws SQLException {
        change(officer(DISTRICT), visit, "/attempts", "{\"result\":\"NO_ANSWER\"}")
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("state", equalTo("ATTEMPTED"));
        change(officer(DISTRICT), visit, "/completion", completion("SUSPECTED_ABUSE", "WELFARE_NEED"))
                .then()
                .statusCode(200)
                .body("state", equalTo("COMPLETED"))
                .body("children.outcome", containsInAnyOrder("SUSPECTED_ABUSE", "WELFARE_NEED"));

        String report = investigator()
                .get("/api/v1/reports?state=RECEIVED&limit=500")
                .path("items.find { it.childId == '" + child + "' }.id");
        String investigation = change(
                        investigator(), "/api/v1/reports/" + report, "/investigation", "{\"attendance\":\"JOINT\"}")
                .then()
                .statusCode(201)
                .body("reportIds", contains(report))
                .body("correlationId", equalTo(flag.toString()))
                .extract()
                .path("id");
        investigator()
                .get("/api/v1/clocks?open=true&subjectId=" + investigation)
                .then()
                .statusCode(200)
                .body("items.clockCode", contains("DETERMINATION_DUE"))
                .body("items[0].certainty", equalTo("policy"));
        post(
                        investigator(),
                        "/api/v1/investigations/" + investigation + "/measures",
                        "{\"kind\":\"IMMEDIATE_SEPARATION\",\"placeNeeded\":true}")
                .then()
                .statusCode(201)
                .body("measures.childId", contains(child.toString()));
        post(investigator(), "/api/v1/investigations/" + investigation + "/determination", determination("ABUSE"))
                .then()
                .statusCode(200)
                .body("state", equalTo("DETERMINED"));
        change(
                        investigator(),
                        "/api/v1/investigations/" + investigation,
                        "/protection-decision",
                        "{\"decision\":\"HOME\"}")
                .then()
                .statusCode(200)
                .body("measures.state", contains("ENDED"));

        String file = supervisor()
                .get("/api/v1/cases?state=OPEN&limit=500")
                .path("items.find { it.childId == '" + child + "' }.id");
        manager(CPA).get("/api/v1/cases/" + file).then().statusCode(403);
        accepted(UUID.fromString(file));
        manager(OTHER_CPA).get("/api/v1/cases/" + file).then().statusCode(403);
        for (var next : List.of("PLANNED", "IN_SERVICE", "FOLLOW_UP")) {
            change(manager(CPA), "/api/v1/cases/" + file, "/status", "{\"state\":\"" + next + "\"}")
                    .then()
                    .statusCode(200)
                    .body("state", equalTo(next));
        }
        post(
                        manager(CPA),
                        "/api/v1/cases/" + file + "/sessions",
                        "{\"code\":\"HOME_VISIT\",\"content\":\"they talked\"}")
                .then()
                .statusCode(201);
        supervisor()
                .get("/api/v1/cases/" + file)
                .then()
                .statusCode(200)
                .body("entries.code", contains("HOME_VISIT"))
                .body("entries[0].content", nullValue());
        change(manager(CPA), "/api/v1/cases/" + file, "/status", "{\"state\":\"CLOSED\"}")
                .then()
                .statusCode(422)
                .body("type", equalTo(problem("closing-needs-reason")));
        change(manager(CPA), "/api/v1/cases/" + file, "/status", "{\"state\":\"CLOSED\",\"reason\":\"GOALS_REACHED\"}")
                .then()
                .statusCode(200);
        manager(CPA)
                .get("/api/v1/cases/" + file + "/timeline?limit=500")
                .then()
                .statusCode(200)
                .body("items.what", hasItem("VisitPlanned"))
                .body("items.what", hasItem("CaseClosed"))
                .body("items.correlationId.unique()", contains(flag.toString()));
    }

    @Test
    void aFlagThatComesThroughKafkaHasItsVisit() throws Exception {
        var flagged = EventIds.next();
        var event = new ProducerRecord<String, byte[]>("ChildFlagged", flagged.toString(), flaggedEvent(flagged));
        event.headers()
                .add("ce_id", EventIds.next().toString().getBytes(UTF_8))
                .add("ce_type", "org.jikimi.screening.ChildFlagged.v1".getBytes(UTF_8))
                .add("ce_correlationid", flagged.toString().getBytes(UTF_8));
        try (var kafka = new KafkaProducer<>(
                Map.of("bootstrap.servers", Parts.kafka().bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            kafka.send(event).get();
        }

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> officer("11170")
                        .get("/api/v1/visits")
                        .then()
                        .body("items.correlationId", hasItem(flagged.toString())));
    }

    @Test
    void aVisitIsShownToItsDistrictAlone() {
        officer(DISTRICT)
                .get(visit)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("children.childId", containsInAnyOrder(child.toString(), sibling.toString()));
        officer("11110").get(visit).then().statusCode(403);
        officer("11140").get("/api/v1/visits").then().statusCode(200).body("items", hasSize(0));
        police().get(visit).then().statusCode(403);
        as(TestTokens.of("clinic", "medical").districts(DISTRICT))
                .get(visit)
                .then()
                .statusCode(403);
        given().get(visit).then().statusCode(401);
        officer(DISTRICT).get("/api/v1/visits/nothing").then().statusCode(404);
    }

    @Test
    void aChangeNeedsTheVersionThatWasRead() {
        var body = "{\"result\":\"NO_ANSWER\"}";

        json(officer(DISTRICT), body).post(visit + "/attempts").then().statusCode(428);
        json(officer(DISTRICT), body)
                .header("If-Match", "\"7\"")
                .post(visit + "/attempts")
                .then()
                .statusCode(412);
    }

    @Test
    void aMissingChildIsNamed() {
        change(
                        officer(DISTRICT),
                        visit,
                        "/completion",
                        "{\"children\":[{\"childId\":\"" + child + "\",\"outcome\":\"SAFE\",\"seen\":true}]}")
                .then()
                .statusCode(422)
                .body("type", equalTo(problem("child-without-result")))
                .body("childIds", contains(sibling.toString()));
    }

    @Test
    void badInputIsAProblemAndNeverABug() {
        for (var body : List.of(
                "",
                "[]",
                "{\"children\":null}",
                "{\"children\":[null]}",
                "{\"children\":[{\"childId\":\"x\"}]}",
                "{\"children\":[{\"childId\":\"" + child + "\",\"outcome\":\"FINE\",\"seen\":true}]}",
                "{\"children\":[{\"childId\":\"" + child
                        + "\",\"outcome\":\"SAFE\",\"seen\":true,\"needs\":[{\"code\":\"a\"}]}]}",
                "{\"name\":\"x\"}")) {
            var status = change(officer(DISTRICT), visit, "/completion", body).statusCode();
            if (status < 400 || status > 422) {
                throw new AssertionError(body + " was answered with " + status);
            }
        }
        officer(DISTRICT).get("/api/v1/visits?state=ASLEEP").then().statusCode(422);
        officer(DISTRICT).get("/api/v1/visits?due=soon").then().statusCode(422);
        officer(DISTRICT).get("/api/v1/visits?cursor=mine").then().statusCode(400);
        officer(DISTRICT).get("/api/v1/visits?limit=0").then().statusCode(400);
        post(gateway(), "/api/v1/reports", "{}").then().statusCode(422).body("field", equalTo("districtCode"));
        post(gateway(), "/api/v1/reports", report("VISIT")).then().statusCode(422);
    }

    @Test
    void aReportSentAgainIsTheSameReportAndItsReporterIsSealed() {
        var key = UUID.randomUUID().toString();
        var body = report("HOTLINE_112");
        String id = json(gateway(), body)
                .header("Idempotency-Key", key)
                .post("/api/v1/reports")
                .then()
                .statusCode(201)
                .body("reporter", nullValue())
                .extract()
                .path("id");

        json(gateway(), body)
                .header("Idempotency-Key", key)
                .post("/api/v1/reports")
                .then()
                .statusCode(201)
                .body("id", equalTo(id));
        json(gateway(), body).post("/api/v1/reports").then().statusCode(400);
        gateway().get("/api/v1/reports/" + id).then().statusCode(403);
        police().get("/api/v1/reports/" + id).then().statusCode(200).body("reporter", nullValue());
        investigator()
                .get("/api/v1/reports/" + id)
                .then()
                .statusCode(200)
                .body("reporter.name", equalTo("Synthetic Neighbour"))
                .body("narrative", equalTo("heard crying"));
        as(TestTokens.of("investigator-11110", "abuse-investigator").districts("11110"))
                .get("/api/v1/reports/" + id)
                .then()
                .statusCode(403);
        investigator()
                .get("/api/v1/reports?limit=500")
                .then()
                .body("items.find { it.id == '" + id + "' }.reporter", nullValue())
                .body("items.id", hasItem(id));
    }

    @Test
    void aListIsPagedToItsEnd() {
        String first = officer(DISTRICT).get("/api/v1/visits?limit=1").path("items[0].id");
        post(gateway(), "/api/v1/reports", report("SHOP")).then().statusCode(201);
        post(gateway(), "/api/v1/reports", report("CITIZEN")).then().statusCode(201);
        var page = investigator().get("/api/v1/reports?limit=1");
        String next = page.path("next");

        investigator()
                .queryParam("limit", 1)
                .queryParam("cursor", next)
                .get("/api/v1/reports")
                .then()
                .statusCode(200)
                .body("items.id", not(contains(page.<String>path("items[0].id"))));
        investigator().queryParam("cursor", next).get("/api/v1/clocks").then().statusCode(400);
        officer(DISTRICT).get("/api/v1/visits/" + first).then().statusCode(200);
    }

    @Test
    void thePoliceLookForAChildNobodyFindsAndASupervisorMayCloseAClock() {
        change(officer(DISTRICT), visit, "/completion", completion("UNLOCATED", "ABROAD"))
                .then()
                .statusCode(200);
        var checks = police().get("/api/v1/whereabouts-checks?state=OPEN&limit=500");
        String check = checks.path("items.find { it.childId == '" + child + "' }.id");
        answer(check, "\"1\"", "{\"result\":\"NOT_FOUND\"}")
                .then()
                .statusCode(200)
                .body("state", equalTo("OPEN"));
        answer(check, "\"2\"", "{\"result\":\"LOCATED\",\"districtCode\":\"11110\"}")
                .then()
                .statusCode(422)
                .body("field", equalTo("dongCode"));
        answer(check, "\"2\"", "{\"result\":\"LOCATED\",\"districtCode\":\"11110\",\"dongCode\":\"1111051500\"}")
                .then()
                .statusCode(200)
                .body("state", equalTo("LOCATED"));
        officer("11110")
                .get("/api/v1/visits?state=PLANNED")
                .then()
                .body("items.children.childId.flatten()", hasItem(child.toString()));

        String clock = supervisor()
                .get("/api/v1/clocks?open=true&limit=500")
                .path("items.find { it.childId == '" + sibling + "' }.id");
        json(supervisor(), "{\"reason\":\"LIVES_ABROAD_FOR_GOOD\"}")
                .header("If-Match", "\"1\"")
                .post("/api/v1/clocks/" + clock + "/closure")
                .then()
                .statusCode(200)
                .body("state", equalTo("CANCELLED"));
    }

    private void accepted(UUID caseId) throws SQLException {
        transactions.run(tx -> referrals.accepted(
                tx,
                new FollowReferral.Step(EventIds.next(), 3, "ACCEPTED", child, caseId, "CASE_MANAGEMENT", CPA),
                CPA,
                "CPA",
                times.now(),
                EventIds.next()));
    }

    private String completion(String childs, String siblings) {
        return "{\"children\":[%s,%s],\"note\":\"quiet home\"}"
                .formatted(result(child, childs), result(sibling, siblings));
    }

    private static String result(UUID child, String outcome) {
        boolean seen = !outcome.equals("UNLOCATED") && !outcome.equals("ABROAD");
        var needs = outcome.equals("WELFARE_NEED") ? "{\"code\":\"CHILDCARE_SUPPORT\",\"basis\":\"CONSENT\"}" : "";
        return """
                {"childId":"%s","outcome":"%s","seen":%s,"seenAlone":false,"needs":[%s],
                 "environment":{"clean":true,"fed":true}}""".formatted(child, outcome, seen, needs);
    }

    private static String determination(String kind) {
        return """
                {"determination":"%s","forum":"INTERNAL_MEETING","types":["NEGLECT"],"relation":"PARENT",
                 "reAbuse":false,"reasons":"what was seen","scoreSeen":false,"consent":true}""".formatted(kind);
    }

    private String report(String channel) {
        return """
                {"childId":"%s","districtCode":"11350","dongCode":"1135056000","channel":"%s","urgency":"URGENT",
                 "suspectedTypes":["PHYSICAL"],"reporter":{"name":"Synthetic Neighbour"},
                 "narrative":"heard crying"}""".formatted(child, channel);
    }

    /** A synthetic flag; the child has the flag's id. */
    private static byte[] flaggedEvent(UUID flagged) {
        return """
                {"flagId":"%1$s","version":1,"state":"FLAGGED","childId":"%1$s","districtCode":"11170",
                 "dongCode":"1117051000","householdId":"%1$s","siblingIds":[],"score":40,"reasons":[],"urgent":true,
                 "modelVersion":"1","asOf":"2026-10-01","flaggedAt":"2026-10-01T00:00:00Z"}""".formatted(flagged).getBytes(UTF_8);
    }
}
