package org.jikimi.systemtests.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jikimi.city.story.LedgerLine;
import org.jikimi.city.story.Story;
import org.jikimi.local.Stack;
import org.jikimi.systemtests.Rest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** A city lives through all thirteen weeks, as {@code ./jikimi up} plays them, and is looked at by all five programmes. */
@ExtendWith(RunningPlatform.class)
class QuarterTest {
    private static final int CHILDREN = 3_000;
    private static final int SEED = 77;
    private static final long HOUSEHOLDS = 77_000;
    private static final List<String> PROGRAMMES = List.of(
            "QUARTERLY_SCREENING",
            "TEMPORARY_NUMBER_SURVEY",
            "AGE_THREE_SURVEY",
            "UNDER_TWO_INVESTIGATION",
            "JOINT_INSPECTION");

    private final Stack stack;
    private final Rest rest;

    QuarterTest(Stack stack) {
        this.stack = stack;
        this.rest = new Rest(stack);
    }

    @Test
    @EnabledIfSystemProperty(named = "jikimi.long", matches = "true")
    void eachOfTheFiveProgrammesFindsChildrenWhoAreVisitedAndClosesWithItsReport() {
        var before = rounds();

        var result = stack.play(CHILDREN, SEED, HOUSEHOLDS, Story.QUARTER, System.out);

        assertThat(result.lines()).allMatch(LedgerLine::balances);
        assertThat(result.balances()).isTrue();
        var played = rounds();
        played.keySet().removeAll(before.keySet());
        assertThat(played.values())
                .extracting(round -> round.path("programme").asText())
                .containsExactlyInAnyOrderElementsOf(PROGRAMMES);
        assertThat(played.values()).allSatisfy(this::isClosedWithItsReport);
    }

    private void isClosedWithItsReport(JsonNode round) {
        var programme = round.path("programme").asText();
        var report = rest.as("analyst-1")
                .get(Rest.Service.SCREENING, "rounds/" + round.path("id").asText() + "/report");
        var coverage = report.body().path("coverage");

        assertThat(round.path("state").asText()).as(programme).isEqualTo("CLOSED");
        assertThat(report.status()).as(programme).isEqualTo(200);
        assertThat(coverage.path("flagged").asInt() + coverage.path("excluded").asInt())
                .as("%s found somebody, or who is helped already", programme)
                .isPositive();
        assertThat(coverage.path("visited").asInt())
                .as("%s was answered at each door", programme)
                .isEqualTo(coverage.path("flagged").asInt());
    }

    /** The rounds there are, by their ids. */
    private Map<String, JsonNode> rounds() {
        var rounds = new LinkedHashMap<String, JsonNode>();
        for (String programme : PROGRAMMES) {
            var page = rest.as("analyst-1").get(Rest.Service.SCREENING, "rounds?limit=200&programme=" + programme);
            assertThat(page.status()).as(page.toString()).isEqualTo(200);
            page.body()
                    .path("items")
                    .forEach(round -> rounds.put(round.path("id").asText(), round));
        }
        return rounds;
    }
}
