package org.jikimi.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jikimi.city.Child;
import org.jikimi.city.City;
import org.jikimi.city.Household;

/** A synthetic household of a test's own, apart from every city that lives in the platform. */
public record Family(Household household) {
    private static final long FIRST = 1_500_000;
    private static final AtomicLong NEXT = new AtomicLong(FIRST + 10);
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    public static Family next() {
        return new Family(new City(10, 77, today(), FIRST).household(NEXT.getAndIncrement()));
    }

    public static LocalDate today() {
        return LocalDate.now(SEOUL);
    }

    public String district() {
        return household.district().code();
    }

    /** The youngest child as a register delivers it. */
    public ObjectNode child() {
        Child child = household.children().getFirst();
        var line = Rest.JSON.createObjectNode();
        line.putObject("identifier")
                .put("scheme", child.identifier().scheme())
                .put("value", child.identifier().value());
        return line.put("name", child.name())
                .put("address", household.address())
                .put("birthDate", child.birthDate().toString())
                .put("sex", child.female() ? "F" : "M")
                .put("householdId", household.id())
                .put("familyType", household.familyType())
                .put("districtCode", district())
                .put("dongCode", household.dongCode())
                .put("care", child.care());
    }

    /** Something observed of the child today. */
    public ObjectNode signal(String indicator) {
        var line = Rest.JSON
                .createObjectNode()
                .put("signalId", UUID.randomUUID().toString())
                .put("indicator", indicator);
        line.set("subject", child().path("identifier"));
        return line.put("observedOn", today().toString());
    }

    /** Has the register deliver the child. */
    public void register(Rest rest) {
        var answer = rest.as("agency-resident-register")
                .post(
                        Rest.Service.SCREENING,
                        "child-batches",
                        "application/x-ndjson",
                        (child() + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(answer.body().path("accepted").asInt()).as(answer.toString()).isOne();
    }

    /** Has a clinic see marks of abuse on the child, and waits for the visit that follows. */
    public JsonNode visitAfterUrgentSignal(Rest rest) {
        return visitAfterUrgentSignal(rest, child().path("identifier"));
    }

    /** The same for a child that was registered under another identifier. */
    public JsonNode visitAfterUrgentSignal(Rest rest, JsonNode identifier) {
        var signal = signal("SUSPECTED_ABUSE_MEDICAL_RECORD");
        signal.set("subject", identifier);
        var flagged = rest.as("agency-clinic").post(Rest.Service.SCREENING, "signals", signal.toString());
        var flag = flagged.body().path("flagId").asText();
        assertThat(flag).as(flagged.toString()).isNotBlank();
        return Awaitility.await("visit of flag " + flag)
                .atMost(Duration.ofSeconds(60))
                .until(() -> visitOf(rest, flag), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<JsonNode> visitOf(Rest rest, String flag) {
        var visits = rest.as("officer-" + district())
                .get(Rest.Service.CASES, "visits?state=PLANNED&limit=500")
                .body()
                .path("items");
        for (var visit : visits) {
            if (visit.path("children").findValuesAsText("flagId").contains(flag)) {
                return Optional.of(visit);
            }
        }
        return Optional.empty();
    }
}
