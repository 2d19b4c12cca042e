package org.jikimi.systemtests.upkeep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jikimi.systemtests.EventLog;
import org.jikimi.systemtests.Family;
import org.jikimi.systemtests.Rest;
import org.jikimi.testkit.TestKafka;
import org.jikimi.testkit.TestPostgres;
import org.jikimi.testkit.TestTokens;
import org.jikimi.testkit.TestTokens.Bearer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A child who was flagged, visited, found to be abused and helped has left the country; years later all four services forget
 * it, and nobody else. They are apart from the platform that other tests share, for their time goes on by years.
 */
class ErasureTest {
    private static final String DISTRICT = "11350";
    private static final UUID CPA = new UUID(0x7000, 0x8001_0000_0000_0001L);
    private static final Bearer REGISTER =
            TestTokens.of("register", "partner-agency").sourceKind("resident-register");
    private static final Bearer ANALYST = TestTokens.of("analyst", "analyst").districts(DISTRICT);
    private static final Bearer OFFICER =
            TestTokens.of("officer", "dong-officer").districts(DISTRICT);
    private static final Bearer GATEWAY = TestTokens.of("gateway", "report-gateway");
    private static final Bearer INVESTIGATOR =
            TestTokens.of("investigator", "abuse-investigator").districts(DISTRICT);
    private static final Bearer MANAGER =
            TestTokens.of("manager", "case-manager").agency(CPA).districts(DISTRICT);
    private static final Bearer OPERATOR = TestTokens.of("operator", "operator");
    private static final Bearer SUPERVISOR =
            TestTokens.of("supervisor", "supervisor").districts(DISTRICT);

    private static final List<String> MARKS = List.of(
            "파기될아이",
            "Forgotten Street 7",
            "FORGOTTEN-1",
            "visit note to forget",
            "session to forget",
            "reasons to forget");

    /** What may still tell the pseudonym: that it was erased, and what was told before, which goes by itself. */
    private static final String KNOWS_IDS = "^(erasure.*|subject_key|outbox.*|inbox(_[ow].*)?|audit.*|flyway.*)$";

    @TempDir
    Path directory;

    private TestPostgres postgres;
    private TestKafka kafka;
    private FourServices all;

    @BeforeEach
    void start() throws IOException {
        postgres = TestPostgres.start();
        kafka = TestKafka.start();
        all = FourServices.start(postgres, kafka, directory, Map.of("jikimi.retention.after", "P1Y"));
        anAgencyIsThere();
    }

    @AfterEach
    void stop() {
        all.close();
        kafka.close();
        postgres.close();
    }

    @Test
    void aChildWhoseTimeIsOverIsForgottenByAllFourServicesAndNobodyElseIs() throws Exception {
        register("FORGOTTEN-1", "파기될아이", "H-1", 3, "");
        register("SIBLING-1", "남는형제", "H-1", 9, "");
        register("WORKED-1", "남는아이", "H-2", 3, "");
        var child = idOf("FORGOTTEN-1");
        var sibling = idOf("SIBLING-1");
        var worked = idOf("WORKED-1");
        var round = surveyed();
        var visit = visitOf(child);
        var openReport = reported(worked);
        var story = helped(child, visit);
        register("FORGOTTEN-1", "파기될아이", "H-1", 3, ",\"status\":\"EMIGRATED\"");
        await("the registry has heard of visit and report")
                .atMost(FourServices.SOON)
                .until(() -> all.openWorkOf(worked) == 2);
        register("WORKED-1", "남는아이", "H-2", 3, ",\"status\":\"EMIGRATED\"");
        await("its visit is closed, its report is not")
                .atMost(FourServices.SOON)
                .until(() -> all.openWorkOf(worked) == 1);
        assertThat(identity(child).path("items").findValuesAsText("name")).contains("파기될아이");
        for (var database : all.names()) {
            assertThat(all.traces(database, List.of(child), KNOWS_IDS))
                    .as(database)
                    .isNotEmpty();
        }
        await("the registry has heard of it all").atMost(FourServices.SOON).until(() -> all.openWorkOf(child) == 0);
        var coverage = coverage(round);
        assertThat(coverage.path("determinations").path("ABUSE").asInt())
                .as(coverage.toString())
                .isOne();

        all.clockIsAheadBy("P800D");

        await("all have followed")
                .atMost(FourServices.SOON)
                .until(() -> erasure(child).equals("COMPLETE"));
        nothingIsLeft(child, story, visit.path("id").asText());
        assertThat(coverage(round)).isEqualTo(coverage);
        othersAreAsTheyWere(sibling, worked, openReport);

        toldAgain(child);

        nothingIsLeft(child, story, visit.path("id").asText());
        othersAreAsTheyWere(sibling, worked, openReport);
        assertThat(EventLog.read(Map.of("bootstrap.servers", kafka.bootstrapServers())))
                .filteredOn(EventLog.Entry::isDeadLetter)
                .isEmpty();
    }

    private void anAgencyIsThere() throws IOException {
        FourServices.created(all.post("referral", OPERATOR, "agencies", null, """
                {"id":"%s","kind":"CPA","name":"Synthetic agency","districtCode":"%s","catchment":["%s"],
                 "services":[{"code":"CASE_MANAGEMENT","capacity":5}],"beds":0}""".formatted(CPA, DISTRICT, DISTRICT)));
    }

    /** A line of the register of today. */
    private void register(String number, String name, String household, int age, String more) throws IOException {
        var line = """
                {"identifier":{"scheme":"RRN","value":"%s"},"name":"%s","address":"Forgotten Street 7","birthDate":"%d-01-01",\
                "sex":"F","householdId":"%s","familyType":"TWO_PARENT","districtCode":"%s","dongCode":"1135056000","care":"HOME"%s}
                """.formatted(
                        number,
                        name,
                        Family.today().getYear() - age,
                        household,
                        DISTRICT,
                        more.isEmpty() ? "" : more + ",\"statusOn\":\"" + Family.today() + "\"");
        var taken = FourServices.created(
                all.send("screening", REGISTER, "child-batches", null, "application/x-ndjson", line));
        assertThat(taken.path("accepted").asInt()).as(taken.toString()).isOne();
    }

    private String idOf(String number) throws IOException {
        return match(number).path("childId").asText();
    }

    private JsonNode match(String number) throws IOException {
        return FourServices.created(all.post("screening", OFFICER, "children/matches", null, """
                {"identifier":{"scheme":"RRN","value":"%s"},"purpose":"HOME_VISIT"}""".formatted(number)));
    }

    /** The survey of three-year-olds, which flags both of them. */
    private String surveyed() throws IOException {
        FourServices.created(all.post(
                "screening", ANALYST, "dong-capacities", all.etag("screening", ANALYST, "dong-capacities"), """
                {"items":[{"dongCode":"1135056000","visitsPerRound":9}]}"""));
        var round = "rounds/"
                + FourServices.created(
                                all.post("screening", ANALYST, "rounds", null, "{\"programme\":\"AGE_THREE_SURVEY\"}"))
                        .path("id")
                        .asText();
        all.change("screening", ANALYST, round, "opening", "{}");
        await("opened")
                .atMost(FourServices.SOON)
                .until(() -> all.state("screening", ANALYST, round).equals("OPENED"));
        all.change("screening", ANALYST, round, "screening", "{}");
        await("flagged")
                .atMost(FourServices.SOON)
                .until(() -> !all.state("screening", ANALYST, round).equals("OPENED"));
        return round;
    }

    private JsonNode visitOf(String child) {
        return all.found(
                "case",
                OFFICER,
                "visits?state=PLANNED&limit=500",
                visit -> visit.path("children").findValuesAsText("childId").contains(child));
    }

    private String reported(String child) throws IOException {
        return FourServices.created(all.post("case", GATEWAY, "reports", null, """
                {"childId":"%s","districtCode":"%s","channel":"HOTLINE_112","urgency":"ORDINARY",
                 "suspectedTypes":["NEGLECT"],"narrative":"synthetic"}""".formatted(child, DISTRICT)))
                .path("id")
                .asText();
    }

    /** From the visit to the closed case; answers what the services have of it. */
    private Map<String, String> helped(String child, JsonNode visit) throws IOException {
        var results = new ArrayList<String>();
        for (var seen : visit.path("children")) {
            var id = seen.path("childId").asText();
            results.add("{\"childId\":\"%s\",\"outcome\":\"%s\",\"seen\":true}"
                    .formatted(id, id.equals(child) ? "SUSPECTED_ABUSE" : "SAFE"));
        }
        all.change("case", OFFICER, "visits/" + visit.path("id").asText(), "completion", """
                {"children":[%s],"note":"visit note to forget"}""".formatted(
                        String.join(",", results)));
        var report = all.found("case", INVESTIGATOR, "reports?limit=500", of(child))
                .path("id")
                .asText();
        var investigation = all.change(
                        "case", INVESTIGATOR, "reports/" + report, "investigation", "{\"attendance\":\"JOINT\"}")
                .path("id")
                .asText();
        all.change("case", INVESTIGATOR, "investigations/" + investigation, "determination", """
                {"determination":"ABUSE","forum":"INTERNAL_MEETING","types":["NEGLECT"],"reasons":"reasons to forget",
                 "reAbuse":false,"scoreSeen":false,"consent":true}""");
        var file = all.found("case", SUPERVISOR, "cases?limit=500", of(child))
                .path("id")
                .asText();
        var referral = all.found(
                        "referral",
                        SUPERVISOR,
                        "referrals?caseId=" + file,
                        offer -> offer.path("state").asText().equals("OFFERED"))
                .path("id")
                .asText();
        all.change("referral", MANAGER, "referrals/" + referral, "acceptance", "{}");
        await("handed over")
                .atMost(FourServices.SOON)
                .until(() -> all.state("case", SUPERVISOR, "cases/" + file).equals("ASSESSMENT"));
        FourServices.created(all.post("case", MANAGER, "cases/" + file + "/sessions", null, """
                {"code":"HOME_VISIT","content":"session to forget"}"""));
        for (var next : List.of("PLANNED", "IN_SERVICE", "FOLLOW_UP")) {
            all.change("case", MANAGER, "cases/" + file, "status", "{\"state\":\"" + next + "\"}");
        }
        all.change("case", MANAGER, "cases/" + file, "status", "{\"state\":\"CLOSED\",\"reason\":\"GOALS_REACHED\"}");
        await("served")
                .atMost(FourServices.SOON)
                .until(() -> all.state("referral", SUPERVISOR, "referrals/" + referral)
                        .equals("COMPLETED"));
        all.found("notification", SUPERVISOR, "alerts?limit=500", of(child));
        return Map.of(
                "reports/" + report, "case",
                "investigations/" + investigation, "case",
                "cases/" + file, "case",
                "cases/" + file + "/timeline", "case",
                "referrals/" + referral, "referral");
    }

    private void nothingIsLeft(String child, Map<String, String> story, String visit) throws IOException, SQLException {
        for (var database : all.names()) {
            assertThat(all.traces(database, MARKS, ""))
                    .as("in clear in " + database)
                    .isEmpty();
            assertThat(all.traces(database, List.of(child), KNOWS_IDS))
                    .as("by its pseudonym in " + database)
                    .isEmpty();
        }
        for (var thing : story.entrySet()) {
            assertThat(all.status(thing.getValue(), SUPERVISOR, thing.getKey()))
                    .as(thing.getKey())
                    .isEqualTo(404);
        }
        for (var path : List.of("", "/risk", "/rights-requests")) {
            assertThat(all.status("screening", SUPERVISOR, "children/" + child + path))
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(identity(child).path("status").asInt()).isEqualTo(404);
        assertThat(match("FORGOTTEN-1").path("childId").isNull()).isTrue();
        assertThat(List.of(
                        all.read("case", SUPERVISOR, "visits/" + visit).toString(),
                        all.read("case", SUPERVISOR, "visits?limit=500").toString(),
                        all.read("case", SUPERVISOR, "cases?limit=500").toString(),
                        all.read("case", INVESTIGATOR, "reports?limit=500").toString(),
                        all.read("case", SUPERVISOR, "clocks?limit=500").toString(),
                        all.read("referral", SUPERVISOR, "referrals?limit=500").toString(),
                        all.read("notification", SUPERVISOR, "alerts?limit=500").toString()))
                .allSatisfy(shown -> assertThat(shown).doesNotContain(child).doesNotContain(MARKS));
    }

    private void othersAreAsTheyWere(String sibling, String worked, String openReport) throws IOException {
        assertThat(identity(sibling).path("items").findValuesAsText("name")).containsExactly("남는형제");
        assertThat(identity(worked).path("items").findValuesAsText("name")).containsExactly("남는아이");
        assertThat(all.state("case", INVESTIGATOR, "reports/" + openReport)).isEqualTo("RECEIVED");
        assertThat(all.read("screening", SUPERVISOR, "erasures").path("items")).hasSize(1);
    }

    /** As after a service's database was restored: the same is told by an event that is new to all. */
    private void toldAgain(String child) {
        Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
        var told = EventLog.read(client).stream()
                .filter(entry -> entry.topic().equals("ChildErased"))
                .toList();
        assertThat(told).hasSize(1);
        try (var producer = new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
            var again =
                    new ProducerRecord<>("ChildErased", child, told.getFirst().value());
            told.getFirst().headers().forEach((name, value) -> again.headers().add(name, value.getBytes(UTF_8)));
            again.headers().remove("ce_id").add("ce_id", newId().getBytes(UTF_8));
            var _ = producer.send(again);
        }
        await("acknowledged once more")
                .atMost(FourServices.SOON)
                .untilAsserted(() -> assertThat(EventLog.read(client).stream()
                                .map(EventLog.Entry::topic)
                                .filter(topic -> topic.endsWith("DataErased")))
                        .hasSize(6));
        assertThat(erasure(child)).isEqualTo("COMPLETE");
    }

    private static String newId() {
        var random = UUID.randomUUID();
        var most = (System.currentTimeMillis() << 16) | 0x7000 | (random.getMostSignificantBits() & 0xfff);
        return new UUID(most, random.getLeastSignificantBits()).toString();
    }

    private String erasure(String child) {
        for (var erasure : all.read("screening", SUPERVISOR, "erasures").path("items")) {
            if (erasure.path("childId").asText().equals(child)) {
                return erasure.path("state").asText();
            }
        }
        return "";
    }

    /** Without what is overdue, for others' visits become so. */
    private JsonNode coverage(String round) {
        var coverage = all.read("screening", ANALYST, round + "/coverage");
        coverage.findParents("overdue").forEach(area -> ((ObjectNode) area).remove("overdue"));
        return coverage;
    }

    private JsonNode identity(String child) throws IOException {
        return Rest.JSON.readTree(all.post("screening", SUPERVISOR, "identity-disclosures", null, """
                {"childIds":["%s"],"purpose":"HOME_VISIT"}""".formatted(child))
                .body());
    }

    private static Predicate<JsonNode> of(String child) {
        return item -> item.path("childId").asText().equals(child);
    }
}
