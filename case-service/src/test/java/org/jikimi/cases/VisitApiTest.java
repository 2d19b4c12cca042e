package org.jikimi.cases;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.jikimi.cases.Requests.DISTRICT;
import static org.jikimi.cases.Requests.answer;
import static org.jikimi.cases.Requests.as;
import static org.jikimi.cases.Requests.change;
import static org.jikimi.cases.Requests.gateway;
import static org.jikimi.cases.Requests.json;
import static org.jikimi.cases.Requests.officer;
import static org.jikimi.cases.Requests.onlyWithKeyAndVersion;
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
import org.jikimi.cases.intake.CaseIntake;
import org.jikimi.cases.visit.MoveVisits;
import org.jikimi.contracts.EventTypes;
import org.jikimi.contracts.screening.v1.ChildMoved;
import org.jikimi.contracts.screening.v1.ChildStatusChanged;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.event.Json;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.runtime.time.Times;
import org.jikimi.testkit.Parts;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Visits and checks of whereabouts in the running service, as each caller sees them. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class VisitApiTest {
    @Inject
    MoveVisits visits;

    @Inject
    CaseIntake intake;

    @Inject
    Transactions transactions;

    @Inject
    Times times;

    private Family family = Family.NONE;

    @BeforeEach
    void aChildIsFlagged() throws SQLException {
        family = Family.flagged(visits, transactions, times);
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
                .get(family.visit())
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body(
                        "children.childId",
                        containsInAnyOrder(
                                family.child().toString(), family.sibling().toString()));
        officer("11110").get(family.visit()).then().statusCode(403);
        officer("11140").get("/api/v1/visits").then().statusCode(200).body("items", hasSize(0));
        police().get(family.visit()).then().statusCode(403);
        as(TestTokens.of("clinic", "medical").districts(DISTRICT))
                .get(family.visit())
                .then()
                .statusCode(403);
        given().get(family.visit()).then().statusCode(401);
        officer(DISTRICT).get("/api/v1/visits/nothing").then().statusCode(400).body("parameter", equalTo("id"));
        officer(DISTRICT).get("/api/v1/clocks?open=yes").then().statusCode(400).body("parameter", equalTo("open"));
    }

    @Test
    void aVisitOfAChildWhoMovedIsShownToTheNewDistrictAndNoLongerToTheOld() throws SQLException {
        transactions.run(tx -> intake.handle(movedTo("11680"), tx));

        officer("11680").get(family.visit()).then().statusCode(200).header("ETag", "\"2\"");
        officer(DISTRICT).get(family.visit()).then().statusCode(403);
    }

    @Test
    void whoWorksForAChildSeesThatItHasDied() throws SQLException {
        var child = family.child();
        var report = post(gateway(), "/api/v1/reports", """
                {"childId":"%s","districtCode":"%s","channel":"HOTLINE_112","urgency":"URGENT"}""".formatted(child, DISTRICT));
        report.then().statusCode(201);
        var died = new ChildStatusChanged(child, 2, "DECEASED", DISTRICT, null, true, times.now(), null, null);

        transactions.run(tx -> intake.handle(heard(child, died), tx));

        officer(DISTRICT)
                .get(family.visit())
                .then()
                .body("state", equalTo("PLANNED"))
                .body("children.find { it.childId == '" + child + "' }.registerState", equalTo("DECEASED"))
                .body("children.find { it.childId == '" + family.sibling() + "' }.registerState", nullValue());
        supervisor()
                .get(report.header("Location"))
                .then()
                .statusCode(200)
                .body("state", equalTo("RECEIVED"))
                .body("registerState", equalTo("DECEASED"));
    }

    private ReceivedEvent movedTo(String district) {
        var child = family.child();
        var moved = new ChildMoved(
                child,
                2,
                "RESIDENT",
                district,
                district + "51500",
                DISTRICT,
                "1135056000",
                family.household(),
                true,
                times.now());
        return heard(child, moved);
    }

    private static ReceivedEvent heard(UUID child, Record data) {
        var type = EventTypes.of(data.getClass());
        return new ReceivedEvent(
                EventIds.next(),
                type.topic(),
                0,
                0,
                child.toString(),
                Map.of("ce_type", type.ceType()),
                Json.write(data));
    }

    @Test
    void aChangeNeedsTheVersionThatWasRead() {
        onlyWithKeyAndVersion(() -> officer(DISTRICT), family.visit(), "/attempts", "{\"result\":\"NO_ANSWER\"}")
                .then()
                .statusCode(200);
    }

    @Test
    void aMissingChildIsNamed() {
        change(
                        officer(DISTRICT),
                        family.visit(),
                        "/completion",
                        "{\"children\":[{\"childId\":\"" + family.child() + "\",\"outcome\":\"SAFE\",\"seen\":true}]}")
                .then()
                .statusCode(422)
                .body("type", equalTo(problem("child-without-result")))
                .body("childIds", contains(family.sibling().toString()));
    }

    @Test
    void whatIsFoundOfABirthsRegistrationStaysWithTheVisit() {
        var found = family.completion("SAFE", "SAFE")
                .replaceFirst(
                        "\"outcome\"",
                        "\"birthRegistration\":\"NOT_REGISTERED\",\"registrationDelay\":\"FOREIGN_PARENT\","
                                + "\"careSetting\":\"RELATIVE\",\"outcome\"");

        change(officer(DISTRICT), family.visit(), "/completion", found).then().statusCode(200);

        var result = "children.find { it.childId == '" + family.child() + "' }.";
        officer(DISTRICT)
                .get(family.visit())
                .then()
                .body(result + "birthRegistration", equalTo("NOT_REGISTERED"))
                .body(result + "registrationDelay", equalTo("FOREIGN_PARENT"))
                .body(result + "careSetting", equalTo("RELATIVE"));
    }

    @Test
    void badInputIsAProblemAndNeverABug() {
        for (var body : List.of(
                "",
                "[]",
                "{\"children\":null}",
                "{\"children\":[null]}",
                "{\"children\":[{\"childId\":\"x\"}]}",
                "{\"children\":[{\"childId\":\"" + family.child() + "\",\"outcome\":\"FINE\",\"seen\":true}]}",
                "{\"children\":[{\"childId\":\"" + family.child()
                        + "\",\"outcome\":\"SAFE\",\"seen\":true,\"needs\":[{\"code\":\"a\"}]}]}",
                "{\"name\":\"x\"}")) {
            var status = change(officer(DISTRICT), family.visit(), "/completion", body)
                    .statusCode();
            if (status < 400 || status > 422) {
                throw new AssertionError(body + " was answered with " + status);
            }
        }
        officer(DISTRICT).get("/api/v1/visits?state=ASLEEP").then().statusCode(422);
        officer(DISTRICT).get("/api/v1/visits?due=soon").then().statusCode(422);
        officer(DISTRICT).get("/api/v1/visits?cursor=mine").then().statusCode(400);
        officer(DISTRICT).get("/api/v1/visits?limit=0").then().statusCode(400);
    }

    @Test
    void anOutcomeThatIsNoneIsRefusedWithThoseThereAre() {
        change(officer(DISTRICT), family.visit(), "/completion", family.completion("FINE", "SAFE"))
                .then()
                .statusCode(422)
                .body("field", equalTo("children[0].outcome"))
                .body(
                        "detail",
                        equalTo(
                                "One of [SAFE, WELFARE_NEED, SUSPECTED_ABUSE, REFUSED, UNLOCATED, ABROAD, MOVED, DECEASED] "
                                        + "is needed."));
        officer(DISTRICT)
                .get("/api/v1/visits?state=ASLEEP")
                .then()
                .body("field", equalTo("state"))
                .body("detail", equalTo("One of [PLANNED, ATTEMPTED, COMPLETED, CLOSED] is needed."));
    }

    @Test
    void thePoliceLookForAChildNobodyFindsAndASupervisorMayCloseAClock() {
        change(officer(DISTRICT), family.visit(), "/completion", family.completion("UNLOCATED", "ABROAD"))
                .then()
                .statusCode(200);
        var checks = police().get("/api/v1/whereabouts-checks?state=OPEN&limit=500");
        String check = checks.path("items.find { it.childId == '" + family.child() + "' }.id");
        police().get("/api/v1/whereabouts-checks/" + check)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"");
        officer("11110").get("/api/v1/whereabouts-checks/" + check).then().statusCode(403);
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
                .body("items.children.childId.flatten()", hasItem(family.child().toString()));

        String clock = supervisor()
                .get("/api/v1/clocks?open=true&limit=500")
                .path("items.find { it.childId == '" + family.sibling() + "' }.id");
        officer("11140").get("/api/v1/clocks/" + clock).then().statusCode(403);
        var etag = supervisor()
                .get("/api/v1/clocks/" + clock)
                .then()
                .statusCode(200)
                .extract()
                .header("ETag");
        json(supervisor(), "{\"reason\":\"LIVES_ABROAD_FOR_GOOD\"}")
                .header("If-Match", etag)
                .post("/api/v1/clocks/" + clock + "/closure")
                .then()
                .statusCode(200)
                .body("state", equalTo("CANCELLED"));
    }

    /** A synthetic flag; the child has the flag's id. */
    private static byte[] flaggedEvent(UUID flagged) {
        return """
                {"flagId":"%1$s","version":1,"state":"FLAGGED","childId":"%1$s","districtCode":"11170",
                 "dongCode":"1117051000","householdId":"%1$s","siblingIds":[],"score":40,"reasons":[],"urgent":true,
                 "modelVersion":"1","asOf":"2026-10-01","flaggedAt":"2026-10-01T00:00:00Z"}""".formatted(flagged).getBytes(UTF_8);
    }
}
