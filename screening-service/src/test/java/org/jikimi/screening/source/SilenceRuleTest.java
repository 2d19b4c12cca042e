package org.jikimi.screening.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** From when on a source is silent. */
class SilenceRuleTest {
    private static final LocalDate LAST = LocalDate.of(2026, 10, 1);
    private static final SilenceRule RULE = SilenceRule.of(terms(Map.of()));

    @Test
    void aDailySourceIsSilentAfterNineDaysAndNotAfterEight() {
        var rhythm = RULE.rhythm(every(1, 20)).orElseThrow();

        assertThat(rhythm).isEqualTo(new SilenceRule.Rhythm(LAST, 1, 9));
        assertThat(rhythm.isSilentOn(LAST.plusDays(8))).isFalse();
        assertThat(rhythm.isSilentOn(LAST.plusDays(9))).isTrue();
        assertThat(rhythm.silentDays(LAST.plusDays(9))).isEqualTo(9);
    }

    @Test
    void aWeeklySourceIsGivenThreeWeeksAndAQuarterlyOneThreeQuarters() {
        assertThat(RULE.rhythm(every(7, 10)).orElseThrow().silentAfterDays()).isEqualTo(21);
        assertThat(RULE.rhythm(every(91, 4)).orElseThrow().silentAfterDays()).isEqualTo(273);
    }

    @Test
    void oneLongPauseChangesNothingOfWhatIsUsual() {
        var days = Stream.concat(every(1, 5).stream(), every(1, 5).stream().map(day -> day.minusDays(60)))
                .toList();

        assertThat(RULE.rhythm(days).orElseThrow().intervalDays()).isEqualTo(1);
    }

    @Test
    void ofTwoIntervalsInTheMiddleTheLongerIsTaken() {
        assertThat(RULE.rhythm(before(0, 2, 4, 14, 24)).orElseThrow().intervalDays())
                .isEqualTo(10);
    }

    @Test
    void whoHasDeliveredOnThreeDaysHasNoRhythmYet() {
        assertThat(RULE.rhythm(every(1, 3))).isEmpty();
        assertThat(RULE.rhythm(List.of())).isEmpty();
        assertThat(RULE.rhythm(every(1, 4))).isPresent();
    }

    @Test
    void aSourceWithANewRhythmIsHeldToTheNewOne() {
        var weekly = every(7, 100).stream().map(day -> day.minusDays(40));
        var days = Stream.concat(every(1, 30).stream(), weekly).toList();

        assertThat(RULE.rhythm(days).orElseThrow().intervalDays()).isEqualTo(1);
    }

    @Test
    void aCityCanSetItsOwnTerms() {
        var rule = SilenceRule.of(terms(Map.of(
                "jikimi.screening.silence.least-days", "2",
                "jikimi.screening.silence.intervals", "5",
                "jikimi.screening.silence.delivery-days", "6")));

        assertThat(rule).isEqualTo(new SilenceRule(2, 5, 6));
        assertThat(rule.rhythm(every(1, 5))).isEmpty();
        assertThat(rule.rhythm(every(1, 6)).orElseThrow().silentAfterDays()).isEqualTo(5);
    }

    @Test
    void termsThatMeanNothingAreRefusedByName() {
        assertThatThrownBy(() -> new SilenceRule(0, 3, 4)).hasMessageContaining("silence.least-days");
        assertThatThrownBy(() -> new SilenceRule(9, 0, 4)).hasMessageContaining("silence.intervals");
        assertThatThrownBy(() -> new SilenceRule(9, 3, 1)).hasMessageContaining("silence.delivery-days");
    }

    private static SilenceTerms terms(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(SilenceTerms.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build()
                .getConfigMapping(SilenceTerms.class);
    }

    private static List<LocalDate> every(int days, int times) {
        return before(IntStream.range(0, times).map(i -> i * days).toArray());
    }

    private static List<LocalDate> before(int... days) {
        return IntStream.of(days)
                .mapToObj(LAST::minusDays)
                .sorted(Comparator.reverseOrder())
                .toList();
    }
}
