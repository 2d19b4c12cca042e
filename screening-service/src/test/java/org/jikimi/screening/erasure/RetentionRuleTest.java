package org.jikimi.screening.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetentionRuleTest {
    private static final LocalDate BORN = LocalDate.of(2008, 2, 29);
    private static final LocalDate OF_AGE = LocalDate.of(2026, 2, 28);

    private final RetentionRule rule = new RetentionRule(Period.ofYears(2));

    @Test
    void aChildIsKeptUntilTheTimeAfterItCameOfAgeHasPassed() {
        assertThat(isOver(null, null, OF_AGE.plusYears(2).minusDays(1))).isFalse();
        assertThat(isOver(null, null, OF_AGE.plusYears(2))).isTrue();
    }

    @Test
    void deathOrEmigrationEndsTheDutyEarlierAndNeverLater() {
        var left = LocalDate.of(2020, 5, 1);
        assertThat(isOver(left, null, LocalDate.of(2022, 4, 30))).isFalse();
        assertThat(isOver(left, null, LocalDate.of(2022, 5, 1))).isTrue();
        assertThat(isOver(OF_AGE.plusYears(1), null, OF_AGE.plusYears(2))).isTrue();
    }

    @Test
    void whateverHappenedLaterBeginsTheTimeAnew() {
        var last = OF_AGE.plusMonths(6);
        assertThat(isOver(null, last, OF_AGE.plusYears(2))).isFalse();
        assertThat(isOver(null, last, last.plusYears(2))).isTrue();
        assertThat(isOver(null, OF_AGE.minusYears(9), OF_AGE.plusYears(2)))
                .as("what happened earlier does not shorten it")
                .isTrue();
    }

    @Test
    void theCoarseSearchLosesNobodyWhoIsOver() {
        for (var after : new Period[] {Period.ofYears(2), Period.ofMonths(1), Period.ofDays(0), Period.ofMonths(17)}) {
            var each = new RetentionRule(after);
            for (var today = LocalDate.of(2026, 1, 1); today.getYear() < 2029; today = today.plusDays(1)) {
                var born = today.minus(after).minusYears(18).minusDays(3);
                for (int n = 0; n < 7; n++, born = born.plusDays(1)) {
                    boolean isOver = each.isOver(new RetentionRule.Life(born, null, null), today);
                    assertThat(isOver && born.isAfter(each.bornBy(today)))
                            .as("%s of %s after %s", today, born, after)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void nothingIsErasedUntilSomebodyHasDecidedAfterWhatTime() {
        var terms = terms(Map.of());

        assertThat(terms.after()).isEmpty();
        assertThat(terms.acknowledgeWithin()).isEqualTo(Duration.ofDays(7));
        assertThat(terms.mostAtOnce()).isEqualTo(500);
    }

    @Test
    void everyTermCanBeSet() {
        var terms = terms(Map.of(
                "jikimi.retention.after", "P5Y",
                "jikimi.retention.acknowledge-within", "P3D",
                "jikimi.retention.most-at-once", "20"));

        assertThat(terms.after()).contains(Period.ofYears(5));
        assertThat(terms.acknowledgeWithin()).isEqualTo(Duration.ofDays(3));
        assertThat(terms.mostAtOnce()).isEqualTo(20);
    }

    private boolean isOver(@Nullable LocalDate left, @Nullable LocalDate last, LocalDate today) {
        return rule.isOver(new RetentionRule.Life(BORN, left, last), today);
    }

    private static RetentionTerms terms(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(RetentionTerms.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(RetentionTerms.class);
    }
}
