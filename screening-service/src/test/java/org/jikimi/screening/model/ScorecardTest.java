package org.jikimi.screening.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.stream.IntStream;
import org.jikimi.screening.reference.Lawful;
import org.junit.jupiter.api.Test;

class ScorecardTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 10, 1);
    private static final int DAYS_OF_CHILDHOOD = 18 * 366;

    @Test
    void noChildOfWhomNothingWasObservedHasMorePointsThanItSaysAndOneHasAsMany() {
        var document = Models.shipped();
        var scorecard = new Scorecard(document, TODAY, Lawful.ALL);

        int most = scorecard.mostWithoutIndicators();

        int found = document.familyTypes().stream()
                .flatMapToInt(family -> document.regions().stream()
                        .flatMapToInt(region -> IntStream.range(0, DAYS_OF_CHILDHOOD)
                                .map(age -> scorecard.score(new Facts(
                                        TODAY.minusDays(age), family.code(), region.code(), 0, new short[0])))))
                .max()
                .orElseThrow();
        assertEquals(found, most);
    }
}
