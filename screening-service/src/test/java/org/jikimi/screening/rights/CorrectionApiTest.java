package org.jikimi.screening.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.jikimi.screening.rights.Desk.OFFICER;
import static org.jikimi.screening.rights.Desk.REGISTER;
import static org.jikimi.screening.rights.Desk.SUPERVISOR;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.screening.signal.SendSignals;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.jikimi.testkit.TestTokens.Bearer;
import org.junit.jupiter.api.Test;

/** What follows from a decision on a correction or an objection. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class CorrectionApiTest {
    private static final Bearer GAS =
            TestTokens.of("gas", "partner-agency").agency(new UUID(0, 11)).sourceKind("gas-utility");
    private static final Bearer OTHER_GAS =
            TestTokens.of("gas-2", "partner-agency").agency(new UUID(0, 12)).sourceKind("gas-utility");

    @Inject
    Times times;

    @Inject
    Transactions transactions;

    @Test
    void theRegistryIsCorrectedUntilItsRegisterSaysSomethingElse() {
        var child = Desk.child("CO-1", "COH-1");
        var request = request(child);

        Desk.granted(request, ",\"correct\":{\"name\":\"합성 바른이름\",\"birthDate\":\"2015-06-02\"}");

        identity(child).body("items[0].name", equalTo("합성 바른이름")).body("items[0].birthDate", equalTo("2015-06-02"));
        Desk.get(OFFICER, "children/" + child).header("ETag", "\"2\"");
        Desk.answer(request)
                .body("corrected", contains("name", "birthDate"))
                .body("held", nullValue())
                .body("selections", empty());
        resend("CO-1", "2015-05-01");
        identity(child).body("items[0].name", equalTo("합성 바른이름"));
        resend("CO-1", "2015-06-03");
        identity(child).body("items[0].name", equalTo("합성 CO-1")).body("items[0].birthDate", equalTo("2015-06-03"));
        Desk.get(REGISTER, "source-corrections?open=true&limit=500")
                .statusCode(200)
                .body("items.claim", hasItem("CORRECTED_HERE"));
    }

    @Test
    void theRegisterAloneIsShownWhichChildAndFieldsWereCorrectedAndThatIsAudited() throws SQLException {
        var child = Desk.child("CO-7", "COH-7");
        var request = request(child);
        Desk.granted(request, ",\"correct\":{\"name\":\"합성 바른이름\",\"sex\":\"M\"}");
        var id = text("SELECT id::text FROM source_correction WHERE request_id = '" + request + "'");
        var path = "source-corrections/" + id + "/child";

        Desk.get(REGISTER, path)
                .statusCode(200)
                .body("scheme", equalTo("RRN"))
                .body("number", equalTo("CO-7"))
                .body("fields", contains("name", "sex"));

        assertThat(text("SELECT count(*)::text FROM audit WHERE action = 'source-correction.child' "
                        + "AND subjects @> ARRAY['child:" + child + "', 'source-correction:" + id + "']"))
                .isEqualTo("1");
        Desk.get(GAS, path).statusCode(404);
        Desk.get(SUPERVISOR, path).statusCode(403);
        Desk.get(REGISTER, "source-corrections/" + UUID.randomUUID() + "/child").statusCode(404);
    }

    @Test
    void aRepresentativeIsNotToldWhetherTheAddressItGaveIsRight() {
        var child = Desk.child("CO-2", "COH-2");
        var request = Desk.request(child, "CORRECTION", "REPRESENTATIVE", times.today());

        Desk.granted(request, ",\"correct\":{\"sex\":\"M\",\"address\":\"합성로 2\",\"care\":\"SCHOOL\"}");

        Desk.answer(request).body("corrected", contains("sex"));
        identity(child).body("items[0].address", equalTo("합성로 2"));
    }

    @Test
    void aSourceIsAskedToCorrectWhatItToldAndAnswers() {
        var child = Desk.child("CO-3", "COH-3");
        Desk.upload(
                        GAS,
                        "/api/v1/signal-batches",
                        SendSignals.signal("GAS-3", "GAS_CUTOFF", "HOUSEHOLD", "COH-3", "2026-09-20"))
                .statusCode(201);
        var request = request(child);

        Desk.granted(
                        request,
                        ",\"ask\":[{\"signalId\":\"GAS-3\",\"indicator\":\"GAS_CUTOFF\",\"claim\":\"NEVER_CUT_OFF\"}]")
                .body("review.asked.source", contains(new UUID(0, 11).toString()));

        String id = Desk.get(GAS, "source-corrections?open=true")
                .statusCode(200)
                .body("items.signalId", contains("GAS-3"))
                .body("items.claim", contains("NEVER_CUT_OFF"))
                .extract()
                .path("items[0].id");
        var path = "source-corrections/" + id;
        Desk.get(OTHER_GAS, "source-corrections").statusCode(200).body("items", empty());
        Desk.get(OTHER_GAS, path).statusCode(404);
        Desk.get(OFFICER, path).statusCode(403);
        Desk.get(GAS, path + "/child").statusCode(404);
        Desk.get(GAS, path).statusCode(200).header("ETag", "\"1\"");
        Desk.post(OTHER_GAS, path + "/result", "\"1\"", null, "{\"result\":\"CORRECTED\"}")
                .statusCode(404);
        Desk.post(GAS, path + "/result", null, null, "{\"result\":\"CORRECTED\"}")
                .statusCode(428);
        Desk.post(GAS, path + "/result", "\"2\"", null, "{\"result\":\"CORRECTED\"}")
                .statusCode(412);
        Desk.post(GAS, path + "/result", "\"1\"", null, "{\"result\":\"MAYBE\"}")
                .statusCode(422);
        Desk.post(GAS, path + "/result", "\"1\"", null, "{\"result\":\"CORRECTED\"}")
                .statusCode(200)
                .header("ETag", "\"2\"");
        Desk.get(SUPERVISOR, "rights-requests/" + request).body("review.asked.result", contains("CORRECTED"));
        Desk.get(GAS, "source-corrections?open=true").body("items.id", not(contains(id)));
        Desk.answer(request).body("asked", contains("GAS_CUTOFF"));
    }

    @Test
    void aCorrectionThatCannotBeIsNamedByItsFieldAndLeavesNothing() {
        var child = Desk.child("CO-4", "COH-4");
        var request = request(child);

        for (var bad : new String[][] {
            {"correct", ""},
            {"correct", ",\"correct\":{}"},
            {"correct.name", ",\"correct\":{\"name\":\" \"}"},
            {"correct.birthDate", ",\"correct\":{\"birthDate\":\"+99999999-01-01\"}"},
            {"correct.birthDate", ",\"correct\":{\"birthDate\":\"1066-01-01\"}"},
            {"correct.sex", ",\"correct\":{\"sex\":\"X\"}"},
            {"correct.familyType", ",\"correct\":{\"familyType\":\"ROYAL\"}"},
            {"correct.care", ",\"correct\":{\"care\":\"ZOO\"}"},
            {"review", ",\"correct\":{\"sex\":\"M\"},\"review\":\"UPHELD\""},
            {"ask", ",\"ask\":[null]"},
            {"ask", ",\"ask\":[{\"signalId\":\"\\u0000\",\"indicator\":\"GAS_CUTOFF\",\"claim\":\"WRONG\"}]"},
            {"ask", ",\"ask\":[{\"signalId\":\"x\",\"indicator\":\"NO_SUCH\",\"claim\":\"WRONG\"}]"},
            {"ask", ",\"ask\":[{\"signalId\":\"x\",\"indicator\":\"GAS_CUTOFF\",\"claim\":\"wrong\"}]"},
            {
                "ask",
                ",\"correct\":{\"sex\":\"M\"},\"ask\":[{\"signalId\":\"x\",\"indicator\":\"GAS_CUTOFF\",\"claim\":\"WRONG\"}]"
            }
        }) {
            decide(request, bad[1]).statusCode(422).body("field", equalTo(bad[0]));
        }
        Desk.get(OFFICER, "children/" + child).header("ETag", "\"1\"").body("sex", equalTo("F"));
        Desk.decide(SUPERVISOR, request, "\"1\"", "{\"outcome\":\"REFUSED\",\"ground\":\"FOUND_ACCURATE\"}")
                .statusCode(200);
        Desk.answer(request).body("law", equalTo("PIPA_36")).body("withheld", contains("ALL"));
    }

    @Test
    void anObjectionThatIsUpheldWithdrawsWhatWaitsAndNothingThatPeopleHave() throws SQLException {
        var child = Desk.child("CO-5", "COH-5");
        for (var state : List.of("BACKLOG", "FLAGGED", "VISITED")) {
            flag(child, state);
        }
        var request = Desk.request(child, "OBJECTION", "CHILD", times.today());
        decide(request, "").statusCode(422).body("field", equalTo("review"));
        decide(request, ",\"review\":\"MAYBE\"").statusCode(422).body("field", equalTo("review"));
        Desk.decide(SUPERVISOR, request, "\"1\"", "{\"outcome\":\"PARTLY\",\"ground\":\"DECREE_44_3_4\"}")
                .statusCode(422)
                .body("field", equalTo("outcome"));

        Desk.granted(request, ",\"review\":\"UPHELD\"");

        assertThat(flags(child)).containsExactly("BACKLOG withdrawn", "FLAGGED", "VISITED");
        Desk.answer(request)
                .body("review", equalTo("UPHELD"))
                .body("selections.size()", equalTo(3))
                .body("notices[2].textEn", containsString("withdrawn"));
    }

    @Test
    void aSelectionThatAPersonConfirmedStays() throws SQLException {
        var child = Desk.child("CO-6", "COH-6");
        flag(child, "BACKLOG");
        var request = Desk.request(child, "OBJECTION", "CHILD", times.today());

        Desk.granted(request, ",\"review\":\"CONFIRMED\"");

        assertThat(flags(child)).containsExactly("BACKLOG");
        Desk.answer(request).body("review", equalTo("CONFIRMED"));
    }

    private String request(String child) {
        return Desk.request(child, "CORRECTION", "CHILD", times.today());
    }

    private static ValidatableResponse decide(String request, String more) {
        return Desk.decide(SUPERVISOR, request, "\"1\"", "{\"outcome\":\"GRANTED\"" + more + "}");
    }

    private static ValidatableResponse identity(String child) {
        return Desk.post(
                        OFFICER,
                        "identity-disclosures",
                        null,
                        null,
                        "{\"childIds\":[\"" + child + "\"],\"purpose\":\"HOME_VISIT\"}")
                .statusCode(200);
    }

    private static void resend(String number, String born) {
        Desk.upload(REGISTER, "/api/v1/child-batches", SendChildren.child(number, number.replace("-", "H-"), born))
                .statusCode(201);
    }

    private String text(String sql) throws SQLException {
        return transactions.run(
                tx -> Sql.on(tx).createQuery(sql).mapTo(String.class).one());
    }

    private List<String> flags(String child) throws SQLException {
        return transactions.run(tx -> Sql.on(tx)
                .createQuery("SELECT state || CASE WHEN withdrawn_for IS NULL THEN '' ELSE ' withdrawn' END FROM flag "
                        + "WHERE child_id = :child ORDER BY state")
                .bind("child", UUID.fromString(child))
                .mapTo(String.class)
                .list());
    }

    private void flag(String child, String state) throws SQLException {
        Desk.get(SUPERVISOR, "children/" + child + "/risk").statusCode(200); // a version flags only once it was asked
        transactions.run(tx -> Sql.on(tx)
                .createUpdate("INSERT INTO flag (id, version, state, child_id, household_id, district_code, dong_code, "
                        + "round_id, programme, score, reasons, rank, urgent, model_version, as_of, flagged_at) "
                        + "SELECT gen_random_uuid(), 1, :state, id, household_id, district_code, dong_code, "
                        + "gen_random_uuid(), 'QUARTERLY_SCREENING', 37, 'POWER_CUTOFF:37', 1, false, 'expert-2', "
                        + "'2026-10-01', :at FROM child WHERE id = :child")
                .bind("state", state)
                .bind("child", UUID.fromString(child))
                .bind("at", times.now())
                .execute());
    }
}
