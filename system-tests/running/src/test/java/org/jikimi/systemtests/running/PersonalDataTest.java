package org.jikimi.systemtests.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jikimi.local.Stack;
import org.jikimi.systemtests.EventLog;
import org.jikimi.systemtests.Family;
import org.jikimi.systemtests.Rest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A marked child is driven through everything; then all that anybody outside could read is searched for the marks. */
@ExtendWith(RunningPlatform.class)
class PersonalDataTest {
    private static final String NAME = "표식이름하나";
    private static final String ADDRESS = "표식동 표식로 7길 11";
    private static final String IDENTIFIER = "2301019776541";
    private static final String REPORTER = "표식신고자";
    private static final String PHONE = "010-9776-5544";
    private static final String NARRATIVE = "표식진술: 큰 소리가 자주 들린다";
    private static final String NOTE = "표식메모: 문 앞의 표시";
    private static final String HOUSEHOLD = "H-MARKED-9776";
    private static final List<String> MARKS = List.of(
            NAME, ADDRESS, "표식로", IDENTIFIER, REPORTER, PHONE, "9776-5544", NARRATIVE, "표식진술", NOTE, "표식메모", HOUSEHOLD);

    /** A UUID, as children and agencies have, with or without hyphens; or a sample agency's own name, such as cpa-7. */
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?"
            + "[0-9a-fA-F]{12}|(cpa|shelter|clinic|school|welfare|coaching|dreamstart|officer|police)-[0-9]");

    private final Stack stack;
    private final Rest rest;
    private final Family family = Family.next();

    PersonalDataTest(Stack stack) {
        this.stack = stack;
        this.rest = new Rest(stack);
    }

    @Test
    void noMarkOfAChildLeavesTheServicesThatKeepIt() throws IOException {
        driveThroughEverything();

        assertThat(leaksOnKafka()).isEmpty();
        assertThat(leaksInLogs()).isEmpty();
        assertThat(leaksInMetrics()).isEmpty();
        assertThat(idsInMetrics()).isEmpty();
    }

    private void driveThroughEverything() {
        register();
        var visit = flagAndFindVisit();
        var officer = "officer-" + family.district();
        var child = visit.path("children").path(0).path("childId").asText();
        assertThat(disclosed(officer, child))
                .as("the marks are in the registry")
                .contains(NAME, ADDRESS);
        report(child);
        complete(officer, visit.path("id").asText(), visit);
        provokeRefusals();
        awaitCaseWork(child);
    }

    private void register() {
        var line = marked();
        var answer = rest.as("agency-resident-register")
                .post(
                        Rest.Service.SCREENING,
                        "child-batches",
                        "application/x-ndjson",
                        (line + "\n" + line.deepCopy().put("sex", NAME) + "\n{" + NAME)
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(answer.body().path("accepted").asInt()).as(answer.toString()).isOne();
        assertThat(answer.body().path("rejected").asInt()).isEqualTo(2);
    }

    private ObjectNode marked() {
        var line = family.child();
        line.putObject("identifier").put("scheme", "RRN").put("value", IDENTIFIER);
        return line.put("name", NAME).put("address", ADDRESS).put("householdId", HOUSEHOLD);
    }

    private com.fasterxml.jackson.databind.JsonNode flagAndFindVisit() {
        return family.visitAfterUrgentSignal(rest, marked().path("identifier"));
    }

    private String disclosed(String officer, String child) {
        return rest.as(officer)
                .post(
                        Rest.Service.SCREENING,
                        "identity-disclosures",
                        "{\"purpose\":\"HOME_VISIT\",\"childIds\":[\"" + child + "\"]}")
                .text();
    }

    private void report(String child) {
        var body = Rest.JSON
                .createObjectNode()
                .put("childId", child)
                .put("districtCode", family.district())
                .put("channel", "HOTLINE_112")
                .put("urgency", "URGENT")
                .put("narrative", NARRATIVE);
        body.putArray("suspectedTypes").add("NEGLECT");
        body.putObject("reporter").put("name", REPORTER).put("phone", PHONE).put("address", ADDRESS);
        var answer = rest.as("gateway-112").post(Rest.Service.CASES, "reports", body.toString());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }

    private void complete(String officer, String id, com.fasterxml.jackson.databind.JsonNode visit) {
        var body = Rest.JSON.createObjectNode().put("note", NOTE);
        var results = body.putArray("children");
        visit.path("children")
                .forEach(child -> results.addObject()
                        .put("childId", child.path("childId").asText())
                        .put("outcome", "SUSPECTED_ABUSE")
                        .put("seen", true));
        var answer = rest.as(officer)
                .header(
                        "If-Match",
                        rest.as(officer).get(Rest.Service.CASES, "visits/" + id).etag())
                .post(Rest.Service.CASES, "visits/" + id + "/completion", body.toString());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    /** What is refused must not be logged with what it carried either. */
    private void provokeRefusals() {
        for (var body :
                List.of("{\"narrative\":\"" + NARRATIVE + "\",\"childId\":\"" + NAME + "\"}", "{" + NARRATIVE)) {
            assertThat(rest.as("gateway-112")
                            .post(Rest.Service.CASES, "reports", body)
                            .status())
                    .isBetween(400, 422);
        }
        assertThat(rest.as("gateway-112")
                        .post(Rest.Service.SCREENING, "children/matches", "{\"purpose\":\"" + NAME + "\"}")
                        .status())
                .isBetween(400, 422);
    }

    private void awaitCaseWork(String child) {
        Awaitility.await("alerts about the reports")
                .atMost(Duration.ofSeconds(60))
                .until(() -> EventLog.read(stack.kafkaAdministrator()).stream()
                                .filter(entry -> entry.topic().equals("AbuseReported")
                                        && entry.key().equals(child))
                                .count()
                        >= 2);
    }

    private List<String> leaksOnKafka() {
        return EventLog.read(stack.kafkaAdministrator()).stream()
                .filter(entry ->
                        MARKS.stream().anyMatch(mark -> (entry.key() + entry.headers() + entry.value()).contains(mark)))
                .map(EventLog.Entry::toString)
                .toList();
    }

    private List<String> leaksInLogs() throws IOException {
        var leaks = new ArrayList<String>();
        try (var logs = Files.list(stack.logs())) {
            for (var log : logs.toList()) {
                var text = Files.readString(log);
                MARKS.stream().filter(text::contains).forEach(mark -> leaks.add(log.getFileName() + ": " + mark));
            }
        }
        return leaks;
    }

    private List<String> leaksInMetrics() {
        var leaks = new ArrayList<String>();
        for (var service : Rest.Service.values()) {
            var metrics = rest.anonymous().send("GET", service, "/q/metrics");
            assertThat(metrics.text()).contains("jikimi");
            MARKS.stream().filter(metrics.text()::contains).forEach(mark -> leaks.add(service + ": " + mark));
        }
        return leaks;
    }

    /** A child or an agency in a label would make a series of each, and tell of each. */
    private List<String> idsInMetrics() {
        var ids = new ArrayList<String>();
        for (var service : Rest.Service.values()) {
            var metrics = rest.anonymous().send("GET", service, "/q/metrics").text();
            metrics.lines()
                    .filter(line -> !line.startsWith("#") && ID.matcher(line).find())
                    .forEach(line -> ids.add(service + ": " + line));
        }
        return ids;
    }
}
