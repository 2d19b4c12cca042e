package org.jikimi.cases;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.jikimi.cases.Requests.DISTRICT;
import static org.jikimi.cases.Requests.change;
import static org.jikimi.cases.Requests.investigator;
import static org.jikimi.cases.Requests.json;
import static org.jikimi.cases.Requests.manager;
import static org.jikimi.cases.Requests.officer;
import static org.jikimi.cases.Requests.onlyWithKeyAndVersion;
import static org.jikimi.cases.Requests.post;
import static org.jikimi.cases.Requests.problem;
import static org.jikimi.cases.Requests.supervisor;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jikimi.cases.casefile.FollowReferral;
import org.jikimi.cases.visit.MoveVisits;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.time.Times;
import org.jikimi.testkit.ServiceParts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A child's whole way through the running service, with its real database, Kafka and tokens. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class CaseApiTest {
    private static final UUID CPA = UUID.fromString("00000000-0000-7000-8001-000000000001");
    private static final UUID OTHER_CPA = UUID.fromString("00000000-0000-7000-8001-000000000002");

    @Inject
    MoveVisits visits;

    @Inject
    FollowReferral referrals;

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
    void aChildGoesFromTheFlagToAClosedCase() throws SQLException {
        change(officer(DISTRICT), family.visit(), "/attempts", "{\"result\":\"NO_ANSWER\"}")
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("state", equalTo("ATTEMPTED"));
        change(officer(DISTRICT), family.visit(), "/completion", family.completion("SUSPECTED_ABUSE", "WELFARE_NEED"))
                .then()
                .statusCode(200)
                .body("state", equalTo("COMPLETED"))
                .body("children.outcome", containsInAnyOrder("SUSPECTED_ABUSE", "WELFARE_NEED"));

        String report = investigator()
                .get("/api/v1/reports?state=RECEIVED&limit=500")
                .path("items.find { it.childId == '" + family.child() + "' }.id");
        String investigation = onlyWithKeyAndVersion(
                        Requests::investigator,
                        "/api/v1/reports/" + report,
                        "/investigation",
                        "{\"attendance\":\"JOINT\"}")
                .then()
                .statusCode(201)
                .body("reportIds", contains(report))
                .body("correlationId", equalTo(family.flag().toString()))
                .extract()
                .path("id");
        investigator()
                .get("/api/v1/clocks?open=true&subjectId=" + investigation)
                .then()
                .statusCode(200)
                .body("items.clockCode", contains("DETERMINATION_DUE"))
                .body("items[0].certainty", equalTo("policy"));
        String measure = onlyWithKeyAndVersion(
                        Requests::investigator,
                        "/api/v1/investigations/" + investigation,
                        "/measures",
                        "{\"kind\":\"IMMEDIATE_SEPARATION\",\"placeNeeded\":true}")
                .then()
                .statusCode(201)
                .header("ETag", "\"2\"")
                .body("measures.childId", contains(family.child().toString()))
                .extract()
                .path("measures[0].id");
        investigator().get("/api/v1/measures/" + measure).then().statusCode(200).header("ETag", "\"1\"");
        onlyWithKeyAndVersion(
                        Requests::investigator,
                        "/api/v1/investigations/" + investigation,
                        "/determination",
                        determination("ABUSE"))
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
                .path("items.find { it.childId == '" + family.child() + "' }.id");
        manager(CPA).get("/api/v1/cases/" + file).then().statusCode(403);
        accepted(UUID.fromString(file));
        manager(OTHER_CPA).get("/api/v1/cases/" + file).then().statusCode(403);
        for (var next : List.of("PLANNED", "IN_SERVICE", "FOLLOW_UP")) {
            change(manager(CPA), "/api/v1/cases/" + file, "/status", "{\"state\":\"" + next + "\"}")
                    .then()
                    .statusCode(200)
                    .body("state", equalTo(next));
        }
        for (var entries : List.of("plan", "sessions", "assessments")) {
            json(manager(CPA), "{\"code\":\"HOME_VISIT\",\"content\":\"they talked\"}")
                    .post("/api/v1/cases/" + file + "/" + entries)
                    .then()
                    .statusCode(400)
                    .body("type", equalTo(problem("missing-idempotency-key")));
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
                .body("items.correlationId.unique()", contains(family.flag().toString()));
    }

    private void accepted(UUID caseId) throws SQLException {
        transactions.run(tx -> referrals.accepted(
                tx,
                new FollowReferral.Step(EventIds.next(), 3, "ACCEPTED", family.child(), caseId, "CASE_MANAGEMENT", CPA),
                CPA,
                "CPA",
                times.now(),
                EventIds.next()));
    }

    private static String determination(String kind) {
        return """
                {"determination":"%s","forum":"INTERNAL_MEETING","types":["NEGLECT"],"relation":"PARENT",
                 "reAbuse":false,"reasons":"what was seen","scoreSeen":false,"consent":true}""".formatted(kind);
    }
}
