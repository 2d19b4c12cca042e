package org.jikimi.systemtests.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jikimi.local.Stack;
import org.jikimi.systemtests.EventLog;
import org.jikimi.systemtests.Family;
import org.jikimi.systemtests.Rest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A child's way from a clinic's signal to the closed case, as it is told by the events of all four services. */
@ExtendWith(RunningPlatform.class)
class OneStoryTest {
    private static final long HOUSEHOLDS = 901_000;
    private static final String SUPERVISOR = "supervisor-1";
    private static final List<String> OF_SCREENING = List.of("ChildFlagged");
    private static final List<String> OF_CASES = List.of(
            "VisitPlanned",
            "VisitCompleted",
            "AbuseReported",
            "InvestigationStarted",
            "AbuseDetermined",
            "CaseOpened",
            "CaseStatusChanged",
            "CaseClosed");
    private static final List<String> OF_REFERRAL = List.of("ReferralRequested", "ReferralOffered", "ReferralAccepted");
    private static final List<String> OF_NOTIFICATION = List.of("AlertRaised", "AlertAcknowledged");

    private final Stack stack;
    private final Rest rest;
    private final Family family = Family.next();

    OneStoryTest(Stack stack) {
        this.stack = stack;
        this.rest = new Rest(stack);
    }

    @BeforeEach
    void agenciesAreThere() {
        stack.play(10, 901, HOUSEHOLDS, 1, System.out);
        family.register(rest);
    }

    @Test
    void oneCorrelationIdIsOnEveryEventFromTheSignalToTheClosedCase() {
        var visit = family.visitAfterUrgentSignal(rest);
        var flag = visit.at("/children/0/flagIds/0").asText();
        var child = visit.at("/children/0/childId").asText();
        assertThat(flag).as(visit.toString()).isNotBlank();

        acknowledgeAnAlert(flag);
        suspect(visit);
        determine(child);
        var opened = caseOf(flag, file -> true);
        accept(opened);
        recover(opened, flag);

        Awaitility.await("events of all four services")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(log().stream()
                                .filter(entry -> story(entry).equals(flag))
                                .map(EventLog.Entry::topic))
                        .containsAll(OF_SCREENING)
                        .containsAll(OF_CASES)
                        .containsAll(OF_REFERRAL)
                        .containsAll(OF_NOTIFICATION));
        assertThat(log())
                .filteredOn(entry -> story(entry).equals(flag))
                .as("each names the span that sent it")
                .allSatisfy(entry ->
                        assertThat(entry.headers()).as(entry.toString()).containsKey("traceparent"));
        assertThat(log())
                .filteredOn(entry -> entry.key().equals(child))
                .as("nothing of the child is told apart from its story")
                .isNotEmpty()
                .allSatisfy(
                        entry -> assertThat(story(entry)).as(entry.toString()).isEqualTo(flag));
    }

    private void suspect(JsonNode visit) {
        var body = Rest.JSON.createObjectNode();
        var results = body.putArray("children");
        visit.path("children")
                .forEach(child -> results.addObject()
                        .put("childId", child.path("childId").asText())
                        .put("outcome", "SUSPECTED_ABUSE")
                        .put("seen", true));
        var path = "visits/" + visit.path("id").asText();
        change("officer-" + family.district(), Rest.Service.CASES, path, "completion", body.toString());
    }

    private void determine(String child) {
        var investigator = "investigator-" + family.district();
        var report = await(
                "report",
                investigator,
                Rest.Service.CASES,
                "reports?limit=500",
                found -> found.path("childId").asText().equals(child));
        var started = change(
                investigator,
                Rest.Service.CASES,
                "reports/" + report.path("id").asText(),
                "investigation",
                "{\"attendance\":\"JOINT\"}");
        change(
                investigator,
                Rest.Service.CASES,
                "investigations/" + started.path("id").asText(),
                "determination",
                "{\"determination\":\"ABUSE\",\"forum\":\"INTERNAL_MEETING\",\"types\":[\"NEGLECT\"],"
                        + "\"reAbuse\":false,\"scoreSeen\":false,\"consent\":false}");
    }

    private JsonNode caseOf(String flag, Predicate<JsonNode> asItIsNow) {
        return await(
                "case",
                SUPERVISOR,
                Rest.Service.CASES,
                "cases?limit=500&districtCode=" + family.district(),
                file -> file.path("correlationId").asText().equals(flag) && asItIsNow.test(file));
    }

    private void accept(JsonNode file) {
        var referral = await(
                "offer",
                SUPERVISOR,
                Rest.Service.REFERRAL,
                "referrals?caseId=" + file.path("id").asText(),
                found -> found.path("state").asText().equals("OFFERED"));
        change(
                manager(referral),
                Rest.Service.REFERRAL,
                "referrals/" + referral.path("id").asText(),
                "acceptance",
                "{}");
    }

    private void recover(JsonNode opened, String flag) {
        var path = "cases/" + opened.path("id").asText();
        var manager = manager(caseOf(flag, file -> file.path("state").asText().equals("ASSESSMENT")));
        write(manager, path + "/assessments", "{\"code\":\"FAMILY_RISK\",\"points\":62}");
        change(manager, Rest.Service.CASES, path, "status", "{\"state\":\"PLANNED\"}");
        write(manager, path + "/plan", "{\"code\":\"HOME_VISIT_FAMILY_RECOVERY\"}");
        change(manager, Rest.Service.CASES, path, "status", "{\"state\":\"IN_SERVICE\"}");
        write(manager, path + "/sessions", "{\"code\":\"HOME_VISIT\"}");
        change(manager, Rest.Service.CASES, path, "status", "{\"state\":\"FOLLOW_UP\"}");
        write(manager, path + "/assessments", "{\"code\":\"FAMILY_RISK\",\"points\":21}");
        change(manager, Rest.Service.CASES, path, "status", "{\"state\":\"CLOSED\",\"reason\":\"GOALS_REACHED\"}");
    }

    private void acknowledgeAnAlert(String flag) {
        var alert = await(
                "alert",
                SUPERVISOR,
                Rest.Service.NOTIFICATION,
                "alerts?state=RAISED&correlationId=" + flag,
                found -> List.of("abuse-investigator", "dong-officer")
                        .contains(found.path("recipientRole").asText()));
        var user = alert.path("recipientRole").asText().equals("dong-officer") ? "officer-" : "investigator-";
        change(
                user + family.district(),
                Rest.Service.NOTIFICATION,
                "alerts/" + alert.path("id").asText(),
                "acknowledgement",
                "{}");
    }

    private void write(String manager, String path, String entry) {
        var answer = rest.as(manager).post(Rest.Service.CASES, path, entry);
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 201);
    }

    private JsonNode change(String user, Rest.Service service, String path, String action, String body) {
        var answer = rest.as(user)
                .header("If-Match", rest.as(user).get(service, path).etag())
                .post(service, path + "/" + action, body);
        assertThat(answer.status()).as(path + " " + action + ": " + answer).isBetween(200, 201);
        return answer.body();
    }

    private JsonNode await(String what, String user, Rest.Service service, String path, Predicate<JsonNode> isMeant) {
        return Awaitility.await(what)
                .atMost(Duration.ofSeconds(60))
                .until(() -> find(user, service, path, isMeant), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<JsonNode> find(String user, Rest.Service service, String path, Predicate<JsonNode> isMeant) {
        for (var item : rest.as(user).get(service, path).body().path("items")) {
            if (isMeant.test(item)) {
                return Optional.of(item);
            }
        }
        return Optional.empty();
    }

    /** The sample user of the child protection agency that is named. */
    private static String manager(JsonNode item) {
        return "cpa-" + Long.parseLong(item.path("agencyId").asText().substring(24));
    }

    private List<EventLog.Entry> log() {
        return EventLog.read(stack.kafkaAdministrator());
    }

    private static String story(EventLog.Entry entry) {
        return entry.headers().getOrDefault("ce_correlationid", "");
    }
}
