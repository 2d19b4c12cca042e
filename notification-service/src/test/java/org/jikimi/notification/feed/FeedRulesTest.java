package org.jikimi.notification.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.jikimi.contracts.EventType;
import org.jikimi.contracts.EventTypes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may leave, held against the contracts. */
class FeedRulesTest {
    private static final Set<String> STAY_INSIDE = Set.of(
            "childId",
            "householdId",
            "siblingIds",
            "reasons",
            "score",
            "needs",
            "suspectedTypes",
            "types",
            "excludedAgencyIds",
            "agencyId",
            "dongCode",
            "outcome",
            "serviceCode",
            "reason");

    static Stream<EventType> heard() {
        return EventTypes.all().stream().filter(type -> !type.producer().equals("notification"));
    }

    @ParameterizedTest
    @MethodSource("heard")
    void everyEventOfTheContractsLeavesByARuleOrStaysInsideForAReason(EventType type) {
        boolean leaves = FeedRules.all().containsKey(type.topic());

        assertThat(leaves ^ FeedRules.INSIDE.containsKey(type.topic()))
                .as(type.topic())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("heard")
    void whatLeavesExistsAndIsNothingThatStaysInside(EventType type) {
        var rule = FeedRules.all().get(type.topic());
        if (rule != null) {
            var components = Arrays.stream(type.dataClass().getRecordComponents())
                    .map(component -> component.getName())
                    .toList();
            assertThat(components).containsAll(rule.fields());
            assertThat(rule.fields()).doesNotContainAnyElementsOf(STAY_INSIDE);
        }
    }
}
