package org.jikimi.runtime.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

class SeoulTest {
    private static final LocalTime FIVE = LocalTime.of(5, 0);
    private static final Instant FIVE_OF_THE_FIRST = Instant.parse("2026-09-30T20:00:00Z");
    private static final Instant FIVE_OF_THE_SECOND = Instant.parse("2026-10-01T20:00:00Z");

    @Test
    void whatIsToBeDoneAtATimeOfTheDayIsDoneTodayIfThatIsStillToCome() {
        assertThat(Seoul.next(FIVE, FIVE_OF_THE_FIRST.minusMillis(1))).isEqualTo(FIVE_OF_THE_FIRST);
    }

    @Test
    void whatWasDoneAtItsTimeIsDoneTomorrow() {
        assertThat(Seoul.next(FIVE, FIVE_OF_THE_FIRST)).isEqualTo(FIVE_OF_THE_SECOND);
        assertThat(Seoul.next(FIVE, FIVE_OF_THE_FIRST.plusSeconds(60))).isEqualTo(FIVE_OF_THE_SECOND);
    }
}
