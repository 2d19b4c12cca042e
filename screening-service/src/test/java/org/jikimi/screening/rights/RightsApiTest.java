package org.jikimi.screening.rights;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.jikimi.screening.rights.Desk.OFFICER;
import static org.jikimi.screening.rights.Desk.STRANGER;
import static org.jikimi.screening.rights.Desk.SUPERVISOR;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.time.Times;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.junit.jupiter.api.Test;

/** Requests as an officer registers them and a supervisor decides them. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class RightsApiTest {
    private static final String GRANTED = "{\"outcome\":\"GRANTED\",\"conflictOfInterest\":false}";

    @Inject
    Times times;

    @Inject
    Transactions transactions;

    @Test
    void aRequestIsRegisteredOnceShownWithItsWordingAndAnsweredToTheChild() {
        var child = Desk.child("RA-1", "RAH-1");
        var key = UUID.randomUUID().toString();
        var body = Desk.body("ACCESS", "CHILD", times.today());

        String id = Desk.register(OFFICER, child, key, body)
                .statusCode(201)
                .header("ETag", "\"1\"")
                .header("Location", containsString("/rights-requests/"))
                .body("dueOn", equalTo(times.today().plusDays(10).toString()))
                .body("state", equalTo("OPEN"))
                .body("text", nullValue())
                .extract()
                .path("id");
        Desk.register(OFFICER, child, key, body)
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .body("id", equalTo(id));
        Desk.register(OFFICER, child, key, body.replace("ACCESS", "OBJECTION"))
                .statusCode(422)
                .body("type", endsWith("idempotency-key-reused"));
        var path = "rights-requests/" + id;
        Desk.get(OFFICER, path).statusCode(200).body("text", equalTo("합성 요구서")).body("review", nullValue());
        Desk.get(SUPERVISOR, path).body("review.danger", empty()).body("review.grounds", hasItem("PIPA_35_4_1"));
        Desk.answer(id).statusCode(409).body("type", endsWith("rights-request-not-decided"));

        Desk.granted(id).header("ETag", "\"2\"").body("state", equalTo("DECIDED"));

        Desk.answer(id)
                .statusCode(200)
                .body("held.name", equalTo("합성 RA-1"))
                .body("held.address", equalTo("합성로 1"))
                .body("readings.office", hasItem("dong-officer"))
                .body("readings.purpose", hasItem("DESK"))
                .body("elsewhere", hasItem("case-service"));
        Desk.decide(SUPERVISOR, id, "\"2\"", GRANTED).statusCode(409).body("type", endsWith("rights-request-decided"));
    }

    @Test
    void aMatchBecauseOfAReportIsNotToldThoughItsAnswerWasLostAndItWasRepeated() throws SQLException {
        var child = Desk.child("RA-10", "RAH-10");
        var key = UUID.randomUUID().toString();
        var match = "{\"identifier\":{\"scheme\":\"RRN\",\"value\":\"RA-10\"},\"purpose\":\"ABUSE_REPORT\"}";
        for (int sent = 0; sent < 2; sent++) {
            Desk.post(OFFICER, "children/matches", null, key, match).statusCode(200);
        }

        assertThat(query("SELECT string_agg(concat_ws(' ', action, purpose), ', ' ORDER BY seq) FROM audit "
                        + "WHERE subjects @> ARRAY['child:" + child + "']"))
                .isEqualTo("child.match DESK, child.match ABUSE_REPORT, child.match.replayed ABUSE_REPORT");
        for (var requester : new String[] {"CHILD", "REPRESENTATIVE"}) {
            var id = Desk.request(child, "ACCESS", requester, times.today());
            Desk.granted(id);
            Desk.answer(id)
                    .statusCode(200)
                    .body("readings.what", requester.equals("CHILD") ? contains("child.match") : empty());
        }
    }

    @Test
    void aDecisionIsMadeBySomebodyElseWhoHasReadTheRequest() {
        var child = Desk.child("RA-2", "RAH-2");
        String id = Desk.register(
                        SUPERVISOR,
                        child,
                        UUID.randomUUID().toString(),
                        Desk.body("ACCESS", "REPRESENTATIVE", times.today()))
                .statusCode(201)
                .extract()
                .path("id");
        var other = TestTokens.of("supervisor-2", "supervisor").districts("11350");

        Desk.decide(OFFICER, id, "\"1\"", GRANTED).statusCode(403);
        Desk.decide(SUPERVISOR, id, null, GRANTED).statusCode(428);
        Desk.decide(SUPERVISOR, id, "\"7\"", GRANTED).statusCode(412);
        Desk.decide(SUPERVISOR, id, "\"1\"", GRANTED).statusCode(403).body("type", endsWith("second-person-needed"));
        Desk.decide(other, id, "\"1\"", "{\"outcome\":\"GRANTED\"}")
                .statusCode(422)
                .body("field", equalTo("conflictOfInterest"));
        Desk.decide(other, id, "\"1\"", GRANTED).statusCode(200);
    }

    @Test
    void whoIsOfAnotherDistrictOrRoleSeesAndDoesNothing() {
        var child = Desk.child("RA-3", "RAH-3");
        var id = Desk.request(child, "ACCESS", "CHILD", times.today());
        var path = "children/" + child + "/rights-requests";

        for (var who : new TestTokens.Bearer[] {
            STRANGER,
            TestTokens.of("analyst", "analyst").districts("11350"),
            TestTokens.of("investigator", "abuse-investigator").districts("11350")
        }) {
            Desk.register(who, child, "k", Desk.body("ACCESS", "CHILD", times.today()))
                    .statusCode(403);
            Desk.get(who, path).statusCode(403);
            Desk.get(who, "rights-requests/" + id).statusCode(403);
            Desk.get(who, "rights-requests/" + id + "/answer").statusCode(403);
            Desk.get(who, "rights-requests?district=11350").statusCode(403);
            Desk.decide(who, id, "\"1\"", GRANTED).statusCode(403);
        }
        given().get("/api/v1/" + path).then().statusCode(401);
        Desk.get(OFFICER, "rights-requests/" + UUID.randomUUID() + "/answer").statusCode(404);
        Desk.get(OFFICER, "children/" + UUID.randomUUID() + "/rights-requests").statusCode(404);
        Desk.get(OFFICER, "rights-requests/" + UUID.randomUUID()).statusCode(404);
    }

    @Test
    void aRequestThatCannotBeIsNamedByItsField() {
        var child = Desk.child("RA-5", "RAH-5");
        var good = Desk.body("ACCESS", "REPRESENTATIVE", times.today());
        var today = times.today().toString();

        for (var bad : new String[][] {
            {"kind", good.replace("ACCESS", "ERASURE")},
            {"requester", good.replace("REPRESENTATIVE", "NEIGHBOUR")},
            {"identityCheck", good.replace("ID_DOCUMENT", "LOOKED_HONEST")},
            {"representation", good.replace("FAMILY_RELATION_CERTIFICATE", "SAYS_SO")},
            {"representation", good.replace("REPRESENTATIVE", "CHILD")},
            {"receivedOn", good.replace(today, times.today().plusDays(1).toString())},
            {"receivedOn", good.replace(today, "+999999999-12-31")},
            {"receivedOn", good.replace(today, "2020-01-01")},
            {"receivedOn", good.replace(today, "no day")},
            {"text", good.replace("합성 요구서", " ")},
            {"text", good.replace("합성 요구서", "가".repeat(10_001))}
        }) {
            Desk.register(OFFICER, child, UUID.randomUUID().toString(), bad[1])
                    .statusCode(422)
                    .body("field", equalTo(bad[0]));
        }
        Desk.register(OFFICER, child, null, good).statusCode(400).body("type", endsWith("missing-idempotency-key"));
        for (var bad : new String[] {"", "[]", "null", "{", "{\"kind\":1}", "{\"name\":\"x\"}"}) {
            Desk.register(OFFICER, child, UUID.randomUUID().toString(), bad).statusCode(lessThan(500));
        }
        Desk.register(OFFICER, child, UUID.randomUUID().toString(), good.replace("합성 요구서", "\\u0000"))
                .statusCode(201);
    }

    @Test
    void aDecisionThatCannotBeIsNamedByItsField() {
        var child = Desk.child("RA-6", "RAH-6");
        var id = Desk.request(child, "ACCESS", "REPRESENTATIVE", times.today());

        for (var bad : new String[][] {
            {"outcome", "{\"conflictOfInterest\":false}"},
            {"outcome", "{\"outcome\":\"PERHAPS\",\"conflictOfInterest\":false}"},
            {"ground", "{\"outcome\":\"REFUSED\",\"conflictOfInterest\":false}"},
            {"ground", "{\"outcome\":\"REFUSED\",\"ground\":\"FOUND_ACCURATE\",\"conflictOfInterest\":false}"},
            {"ground", "{\"outcome\":\"GRANTED\",\"ground\":\"PIPA_35_4_1\",\"conflictOfInterest\":false}"},
            {"withhold", "{\"outcome\":\"PARTLY\",\"ground\":\"PIPA_35_4_1\",\"conflictOfInterest\":false}"},
            {
                "withhold",
                "{\"outcome\":\"PARTLY\",\"ground\":\"PIPA_35_4_1\",\"withhold\":[\"SIGNALS_OF_HOUSEHOLD\"],\"conflictOfInterest\":false}"
            },
            {"withhold", "{\"outcome\":\"GRANTED\",\"withhold\":[\"SIGNALS\"],\"conflictOfInterest\":false}"},
            {
                "withhold",
                "{\"outcome\":\"PARTLY\",\"ground\":\"PIPA_35_4_1\",\"withhold\":[null],\"conflictOfInterest\":false}"
            }
        }) {
            Desk.decide(SUPERVISOR, id, "\"1\"", bad[1]).statusCode(422).body("field", equalTo(bad[0]));
        }
    }

    @Test
    void anAnswerIsPutOffOnceByWhoHasReadTheRequest() {
        var child = Desk.child("RA-7", "RAH-7");
        var id = Desk.request(child, "ACCESS", "CHILD", times.today());
        var path = "rights-requests/" + id + "/deferrals";
        var until = times.today().plusDays(20).toString();
        var body = "{\"reason\":\"RECORDS_ARE_SOUGHT\",\"until\":\"" + until + "\"}";

        Desk.post(OFFICER, path, null, null, body).statusCode(428);
        Desk.post(OFFICER, path, "\"9\"", null, body).statusCode(412);
        Desk.post(STRANGER, path, "\"1\"", null, body).statusCode(403);
        Desk.post(OFFICER, path, "\"1\"", null, body.replace(until, "+999999999-12-31"))
                .statusCode(422)
                .body("field", equalTo("until"));
        Desk.post(OFFICER, path, "\"1\"", null, body.replace("RECORDS_ARE_SOUGHT", "we look for it"))
                .statusCode(422)
                .body("field", equalTo("reason"));
        Desk.post(OFFICER, path, "\"1\"", null, body)
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("state", equalTo("DEFERRED"))
                .body("dueOn", equalTo(until));
        Desk.post(
                        OFFICER,
                        path,
                        "\"2\"",
                        null,
                        body.replace(until, times.today().plusDays(25).toString()))
                .statusCode(409)
                .body("type", endsWith("rights-deferral-not-allowed"));
    }

    @Test
    void aDistrictListsWhatIsDueFirstPageByPageAndWhatIsOverdue() {
        var child = Desk.child("RA-8", "RAH-8");
        var late = Desk.request(child, "OBJECTION", "CHILD", times.today().minusDays(40));
        var later = Desk.request(child, "OBJECTION", "CHILD", times.today().minusDays(20));
        var latest = Desk.request(child, "OBJECTION", "CHILD", times.today());
        var list = "children/" + child + "/rights-requests?limit=2";

        var page = Desk.get(OFFICER, list)
                .statusCode(200)
                .body("items.id", contains(late, later))
                .body("items.overdue", contains(true, false));
        String next = page.extract().path("next");
        Desk.get(OFFICER, list + "&cursor=" + next)
                .body("items.id", contains(latest))
                .body("next", nullValue());
        Desk.get(SUPERVISOR, list + "&cursor=" + next).statusCode(400);
        Desk.get(OFFICER, "rights-requests?district=11350&open=true&limit=500").body("items.id", hasItem(late));
        for (var bad : new String[] {"", "?district=nowhere", "?district=11350&limit=0", "?district=11350&cursor=x"}) {
            Desk.get(OFFICER, "rights-requests" + bad).statusCode(400);
        }
        await().atMost(30, SECONDS)
                .untilAsserted(
                        () -> assertThat(query("SELECT overdue::text FROM rights_request WHERE id = '" + late + "'"))
                                .isEqualTo("true"));
        assertThat(overdue()).isGreaterThanOrEqualTo(1);

        Desk.granted(late, ",\"review\":\"CONFIRMED\"").body("overdue", equalTo(true));

        Desk.get(OFFICER, "rights-requests?district=11350&open=true&limit=500").body("items.id", not(hasItem(late)));
    }

    @Test
    void whatWasWrittenStandsNowhereInTheClear() throws SQLException {
        var child = Desk.child("RA-9", "RAH-9");
        var id = Desk.request(child, "ACCESS", "CHILD", times.today());
        Desk.granted(id);

        assertThat(query("SELECT count(*)::text FROM rights_request "
                        + "WHERE position(convert_to('합성', 'UTF8') IN wording) > 0 "
                        + "OR position(convert_to('합성', 'UTF8') IN answer) > 0"))
                .isEqualTo("0");
        assertThat(query("SELECT count(*)::text FROM audit WHERE audit::text LIKE '%합성%'"))
                .isEqualTo("0");
        assertThat(query("SELECT string_agg(DISTINCT action, ',' ORDER BY action) FROM audit "
                        + "WHERE subjects @> ARRAY['rights-request:" + id + "']"))
                .isEqualTo("rights-request.decide,rights-request.register");
    }

    private String query(String sql) throws SQLException {
        return transactions.run(
                tx -> Sql.on(tx).createQuery(sql).mapTo(String.class).one());
    }

    private static double overdue() {
        var line = given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("jikimi_rights_open"))
                .extract()
                .asString()
                .lines()
                .filter(metric -> metric.startsWith("jikimi_rights_overdue{kind=\"OBJECTION\""))
                .findFirst()
                .orElseThrow();
        return Double.parseDouble(line.substring(line.indexOf(' ') + 1));
    }
}
