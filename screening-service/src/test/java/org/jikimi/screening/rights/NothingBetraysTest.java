package org.jikimi.screening.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.jikimi.screening.rights.Desk.OFFICER;
import static org.jikimi.screening.rights.Desk.SUPERVISOR;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.World;
import org.jikimi.screening.flag.Flag;
import org.jikimi.screening.flag.Reasons;
import org.jikimi.screening.outcome.JoinOutcome;
import org.jikimi.screening.signal.SendSignals;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.jikimi.testkit.TestTokens.Bearer;
import org.junit.jupiter.api.Test;

/** Two children of whom the same is kept; one of them was reported, and nobody who asks can tell which. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class NothingBetraysTest {
    private static final Bearer INVESTIGATOR =
            TestTokens.of("investigator", "abuse-investigator").districts("11350");
    private static final Bearer SCHOOL =
            TestTokens.of("school", "school").agency(new UUID(0, 5)).districts("11350");
    private static final Bearer POWER = agency("power-utility");
    private static final Bearer INSURANCE = agency("health-insurance");

    @Inject
    Times times;

    @Inject
    Transactions transactions;

    @Inject
    JoinOutcome join;

    /** A reason that nobody is told. */
    private static final String HIDDEN = "SUSPECTED_ABUSE_MEDICAL_RECORD:40";

    private String calm = "";
    private String reported = "";

    @Test
    void anAnswerToARepresentativeIsTheSameWithAReportAndWithout() throws SQLException {
        family("NB1");

        var toCalm = answered(calm, "REPRESENTATIVE", "{\"outcome\":\"GRANTED\",\"conflictOfInterest\":false}");
        var toReported = answered(reported, "REPRESENTATIVE", "{\"outcome\":\"GRANTED\",\"conflictOfInterest\":true}");

        assertThat(toReported).isEqualTo(toCalm);
        assertThat(toCalm)
                .contains("NO_MEDICAL_USE", "QUARTERLY_SCREENING", "dong-officer")
                .doesNotContain(
                        "POWER_CUTOFF",
                        "합성로",
                        "11350",
                        "SUSPECTED",
                        "REPORT",
                        "investigator",
                        "school",
                        "HOME_VISIT",
                        "JOINT_INSPECTION");
    }

    @Test
    void anAnswerToTheChildIsTheSameToo() throws SQLException {
        family("NB2");

        var toCalm = answered(calm, "CHILD", "{\"outcome\":\"GRANTED\"}");
        var toReported = answered(reported, "CHILD", "{\"outcome\":\"GRANTED\"}");

        assertThat(toReported).isEqualTo(toCalm);
        assertThat(toCalm)
                .contains("합성로", "11350", "HOME_VISIT", "POWER_CUTOFF")
                .doesNotContain("SUSPECTED", "REPORT", "JOINT_INSPECTION");
    }

    @Test
    void aRepresentativeIsToldNothingOfTheHouseholdThatTheChildWasTakenToNorThatItIsInAnother() throws SQLException {
        family("NBA");
        Desk.register("NBA-B", "NBA-BH2", World.DONG);
        Map.of("welfare-office", "SINGLE_PARENT", "housing", "PUBLIC_RENT_ARREARS")
                .forEach((kind, indicator) -> {
                    var line = SendSignals.signal("NBA", indicator, "HOUSEHOLD", "NBA-BH2", "2026-09-20");
                    Desk.upload(agency(kind), "/api/v1/signal-batches", line).statusCode(201);
                });
        selected(reported, "QUARTERLY_SCREENING", "SINGLE_PARENT:15,PUBLIC_RENT_ARREARS:15");

        assertThat(toldAlike("REPRESENTATIVE")).contains("NO_MEDICAL_USE").doesNotContain("POWER_CUTOFF");
        assertThat(answered(reported, "CHILD", "{\"outcome\":\"GRANTED\"}"))
                .contains("SINGLE_PARENT", "PUBLIC_RENT_ARREARS")
                .doesNotContain("POWER_CUTOFF");
    }

    @Test
    void aRefusalIsWordedAlikeWhateverItsGround() throws SQLException {
        family("NB3");
        var body = "{\"outcome\":\"REFUSED\",\"ground\":\"%s\",\"conflictOfInterest\":%s}";

        var toCalm = answered(calm, "REPRESENTATIVE", body.formatted("PIPA_35_4_2", false));
        var toReported = answered(reported, "REPRESENTATIVE", body.formatted("PIPA_35_4_3", true));

        assertThat(toReported)
                .isEqualTo(toCalm)
                .contains("\"law\":\"PIPA_35_4\"", "\"ALL\"")
                .doesNotContain("PIPA_35_4_", "POWER_CUTOFF", "REPORT");
    }

    @Test
    void whatAnOfficerSeesOfARequestIsTheSameAndASupervisorIsToldTheDanger() throws SQLException {
        family("NB4");
        var ofCalm = Desk.request(calm, "ACCESS", "REPRESENTATIVE", times.today());
        var ofReported = Desk.request(reported, "ACCESS", "REPRESENTATIVE", times.today());

        Desk.get(OFFICER, path(ofCalm)).body("review", nullValue());
        Desk.get(OFFICER, path(ofReported)).body("review", nullValue());
        Desk.get(SUPERVISOR, path(ofCalm)).body("review.danger", empty());
        Desk.get(SUPERVISOR, path(ofReported))
                .body("review.danger", hasItems("ABUSE_DETERMINED", "OPEN_CASE", "OPEN_REPORT"));

        Desk.granted(ofReported).body("review.conflictOfInterest", equalTo(true));
        Desk.granted(ofCalm).body("review.conflictOfInterest", equalTo(false));
    }

    @Test
    void aReportOnASiblingIsADangerToo() throws SQLException {
        var one = Desk.child("NB5-1", "NB5-H");
        var other = Desk.child("NB5-2", "NB5-H");
        report(one);
        var request = Desk.request(other, "ACCESS", "REPRESENTATIVE", times.today());

        Desk.get(SUPERVISOR, path(request))
                .body("review.danger", hasItem("SIBLING_OPEN_REPORT"))
                .body("review.danger", not(hasItem("OPEN_REPORT")));
    }

    @Test
    void whyARoundSelectedAChildIsExplainedWithPointsAndDays() throws SQLException {
        family("NB6");
        var request = Desk.request(calm, "OBJECTION", "CHILD", times.today());
        Desk.granted(request, ",\"review\":\"EXPLAINED\"");

        Desk.answer(request)
                .statusCode(200)
                .body("held", nullValue())
                .body("readings", empty())
                .body("selections.programme", contains("QUARTERLY_SCREENING"))
                .body("selections[0].modelVersion", equalTo("expert-2"))
                .body("selections[0].score", equalTo(37))
                .body("selections[0].reasons.code", contains("NO_MEDICAL_USE"))
                .body("selections[0].reasons[0].points", equalTo(37))
                .body("selections[0].reasons[0].nameKo", equalTo("의료기관 미진료"))
                .body("selections[0].reasons[0].observedOn", equalTo("2026-09-20"))
                .body("notices[0].textEn", containsString("people decide"));
    }

    @Test
    void aRoundIsToldAsIfWhatIsHiddenHadNeverBeenObserved() throws SQLException {
        family("NB7");
        selected(calm, "QUARTERLY_SCREENING", "CHILD_DISABILITY:12,MISSED_VACCINATION:12");
        selected(reported, "QUARTERLY_SCREENING", HIDDEN + ",CHILD_DISABILITY:12,MISSED_VACCINATION:12");

        assertThat(toldAlike("REPRESENTATIVE")).contains("CHILD_DISABILITY", "MISSED_VACCINATION");
        assertThat(toldAlike("CHILD")).contains("CHILD_DISABILITY", "\"score\":24");
    }

    @Test
    void aRoundIsNotToldWhereWhatIsToldWouldNotHaveSelected() throws SQLException {
        family("NB8");
        selected(reported, "QUARTERLY_SCREENING", HIDDEN);
        selected(reported, "QUARTERLY_SCREENING", HIDDEN + ",MISSED_VACCINATION:12");

        toldAlike("REPRESENTATIVE");
        toldAlike("CHILD");
    }

    @Test
    void aRoundThatPassedOverAChildForItsOpenReportIsToldAsIfItHadFlaggedIt() throws SQLException {
        family("NB0");
        for (var number : List.of("NB0-A", "NB0-B")) {
            Desk.upload(
                            INSURANCE,
                            "/api/v1/signal-batches",
                            SendSignals.signal(number + "M", "MISSED_INFANT_CHECKUP", "RRN", number, "2026-09-20"))
                    .statusCode(201);
        }
        selected(calm, "QUARTERLY_SCREENING", "POWER_CUTOFF:12,MISSED_INFANT_CHECKUP:10,NO_MEDICAL_USE:10");
        linked(reported);

        assertThat(toldAlike("REPRESENTATIVE")).contains("MISSED_INFANT_CHECKUP");
        assertThat(programmes(reported, "REPRESENTATIVE"))
                .containsExactly("QUARTERLY_SCREENING", "QUARTERLY_SCREENING");
    }

    @Test
    void aSurveyIsToldToWhomItsRuleIsTold() throws SQLException {
        var child = Desk.child("NB9-A", "NB9-AH");
        selected(child, "TEMPORARY_NUMBER_SURVEY", "");
        selected(child, "AGE_THREE_SURVEY", HIDDEN);
        selected(child, "UNDER_TWO_INVESTIGATION", "FAMILY_OTHER:5");

        assertThat(programmes(child, "REPRESENTATIVE")).containsExactly("TEMPORARY_NUMBER_SURVEY");
        assertThat(programmes(child, "CHILD"))
                .containsExactlyInAnyOrder("TEMPORARY_NUMBER_SURVEY", "AGE_THREE_SURVEY", "UNDER_TWO_INVESTIGATION");
    }

    @Test
    void anInvestigationThatChoseByWhatIsHiddenIsNotTold() throws SQLException {
        var child = Desk.child("NB9-B", "NB9-BH");
        var chosen = "{\"indicators\":[\"SUSPECTED_ABUSE_MEDICAL_RECORD\",\"WATER_CUTOFF\"]}";
        composed(selected(child, "UNDER_TWO_INVESTIGATION", HIDDEN + ",FAMILY_OTHER:5"), chosen);

        assertThat(programmes(child, "CHILD")).isEmpty();

        composed(selected(child, "UNDER_TWO_INVESTIGATION", HIDDEN + ",WATER_CUTOFF:12"), chosen);

        assertThat(programmes(child, "CHILD")).containsExactly("UNDER_TWO_INVESTIGATION");
    }

    private static Bearer agency(String kind) {
        return TestTokens.of(kind, "partner-agency").sourceKind(kind);
    }

    private static String path(String request) {
        return "rights-requests/" + request;
    }

    /** What both children's requests are answered, which is the same. */
    private String toldAlike(String requester) {
        var decision = "{\"outcome\":\"GRANTED\",\"conflictOfInterest\":true}";
        var toCalm = answered(calm, requester, decision);
        assertThat(answered(reported, requester, decision)).isEqualTo(toCalm);
        return toCalm;
    }

    private List<String> programmes(String child, String requester) {
        var request = Desk.request(child, "OBJECTION", requester, times.today());
        Desk.granted(request, ",\"review\":\"EXPLAINED\"");
        return Desk.answer(request).statusCode(200).extract().path("selections.programme");
    }

    /** The answer without what names the child and the request. */
    private String answered(String child, String requester, String decision) {
        var request = Desk.request(child, "ACCESS", requester, times.today());
        Desk.decide(SUPERVISOR, request, "\"1\"", decision).statusCode(200);
        return Desk.answer(request)
                .statusCode(200)
                .extract()
                .asString()
                .replace(request, "request")
                .replaceAll("\"at\":\"[^\"]*\"", "\"at\":\"then\"")
                .replaceAll("NB\\w-[AB]", "NB");
    }

    private void family(String name) throws SQLException {
        calm = Desk.child(name + "-A", name + "-AH");
        reported = Desk.child(name + "-B", name + "-BH");
        for (var number : List.of(name + "-A", name + "-B")) {
            var home = number + "H";
            var cutOff = SendSignals.signal(home, "POWER_CUTOFF", "HOUSEHOLD", home, "2026-09-20");
            Desk.upload(POWER, "/api/v1/signal-batches", cutOff).statusCode(201);
            var noDoctor = SendSignals.signal(number, "NO_MEDICAL_USE", "RRN", number, "2026-09-20");
            Desk.upload(INSURANCE, "/api/v1/signal-batches", noDoctor).statusCode(201);
        }
        selected(reported, "JOINT_INSPECTION", "POWER_CUTOFF:37");
        for (var child : List.of(calm, reported)) {
            selected(child, "QUARTERLY_SCREENING", "NO_MEDICAL_USE:37");
            disclose(OFFICER, child, "HOME_VISIT");
        }
        Desk.upload(
                        agency("clinic"),
                        "/api/v1/signal-batches",
                        SendSignals.signal(
                                name,
                                "SUSPECTED_ABUSE_MEDICAL_RECORD",
                                "RRN",
                                name + "-B",
                                times.today().toString()))
                .statusCode(201);
        Desk.post(
                        SCHOOL,
                        "children/matches",
                        null,
                        UUID.randomUUID().toString(),
                        "{\"identifier\":{\"scheme\":\"RRN\",\"value\":\"" + name + "-B\"},\"purpose\":\"QUESTION\"}")
                .statusCode(200);
        report(reported);
        disclose(OFFICER, reported, "ABUSE_REPORT");
        Desk.get(INVESTIGATOR, "children/" + reported).statusCode(200);
    }

    private static void disclose(Bearer who, String child, String purpose) {
        Desk.post(
                        who,
                        "identity-disclosures",
                        null,
                        null,
                        "{\"childIds\":[\"" + child + "\"],\"purpose\":\"" + purpose + "\"}")
                .statusCode(200);
    }

    private void report(String child) throws SQLException {
        var id = UUID.fromString(child);
        transactions.run(tx -> {
            join.reported(tx, UUID.randomUUID(), id, 1, true, null, times.now());
            join.caseIs(tx, UUID.randomUUID(), id, 1, true);
            return join.determined(
                    tx, new JoinOutcome.Determined(UUID.randomUUID(), 1, id, List.of(), "ABUSE", null, times.now()));
        });
    }

    private void composed(UUID round, String composition) throws SQLException {
        transactions.run(tx -> Sql.on(tx)
                .createUpdate("INSERT INTO round (id, version, programme, as_of, composition, state, planned_at) "
                        + "VALUES (:id, 1, 'UNDER_TWO_INVESTIGATION', '2026-10-01', :composition, 'CLOSED', :at)")
                .bind("id", round)
                .bind("composition", composition)
                .bind("at", times.now())
                .execute());
    }

    /** As a round would have it that found a report open of whom it selected. */
    private void linked(String child) throws SQLException {
        var round = EventIds.next();
        transactions.run(tx -> {
            var jdbi = Sql.on(tx);
            freeze(tx, round, child);
            jdbi.createUpdate("INSERT INTO round (id, version, programme, as_of, model_version, state, planned_at) "
                            + "VALUES (:id, 1, 'QUARTERLY_SCREENING', '2026-10-01', 'expert-2', 'CLOSED', :at)")
                    .bind("id", round)
                    .bind("at", times.now())
                    .execute();
            return jdbi.createUpdate("INSERT INTO round_linked (round_id, child_id, household_id, district_code, "
                            + "dong_code, score, kind, ref) SELECT :round, id, household_id, district_code, dong_code, 65, "
                            + "'REPORT', gen_random_uuid() FROM child WHERE id = :child")
                    .bind("round", round)
                    .bind("child", UUID.fromString(child))
                    .execute();
        });
    }

    private static void freeze(Connection tx, UUID round, String child) {
        Sql.on(tx)
                .createUpdate("INSERT INTO round_child (round_id, child_id, household_id, birth_date, family_type, "
                        + "district_code, dong_code, care, mask, observed, open_work, reports, refused) "
                        + "SELECT :round, c.id, household_id, birth_date, family_type, district_code, dong_code, care, "
                        + "mask, observed, false, 0, false FROM child c JOIN child_state s ON s.child_id = c.id "
                        + "WHERE c.id = :child")
                .bind("round", round)
                .bind("child", UUID.fromString(child))
                .execute();
    }

    /**
     * As a round would have it.
     *
     * @return the round
     */
    private UUID selected(String child, String programme, String reasons) throws SQLException {
        var round = EventIds.next(); // ids of rounds tell which is newer
        int score = Reasons.read(reasons).stream().mapToInt(Flag.Reason::points).sum();
        return transactions.run(tx -> {
            var jdbi = Sql.on(tx);
            freeze(tx, round, child);
            jdbi.createUpdate("INSERT INTO flag (id, version, state, child_id, household_id, district_code, "
                            + "dong_code, round_id, programme, score, reasons, rank, urgent, model_version, as_of, "
                            + "flagged_at) SELECT gen_random_uuid(), 1, 'VISITED', id, household_id, district_code, "
                            + "dong_code, :round, :programme, :score, :reasons, 1, false, 'expert-2', "
                            + "'2026-10-01', :at FROM child WHERE id = :child")
                    .bind("round", round)
                    .bind("programme", programme)
                    .bind("score", score)
                    .bind("reasons", reasons)
                    .bind("child", UUID.fromString(child))
                    .bind("at", times.now())
                    .execute();
            return round;
        });
    }
}
