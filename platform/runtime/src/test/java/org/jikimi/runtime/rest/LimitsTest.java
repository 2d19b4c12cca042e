package org.jikimi.runtime.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private final AtomicLong nanoTime = new AtomicLong();
    private final Limits limits = new Limits(
            new LimitSettings() {
                @Override
                public double perSecond() {
                    return 0.5;
                }

                @Override
                public int burst() {
                    return 3;
                }

                @Override
                public long jsonBytes() {
                    return 100;
                }

                @Override
                public Duration oldestUnsent() {
                    return Duration.ofMinutes(2);
                }

                @Override
                public Duration retryBulkAfter() {
                    return Duration.ofSeconds(30);
                }
            },
            nanoTime::get);

    @Test
    void aBurstPassesAndWhatFollowsIsToldHowLongToWait() {
        useUp("a");
    }

    private void useUp(String principal) {
        for (int i = 0; i < 3; i++) {
            assertThat(limits.take(principal)).isEmpty();
        }
        assertThat(limits.take(principal)).isEqualTo(OptionalInt.of(2));
    }

    @Test
    void waitingAsLongAsToldIsEnough() {
        useUp("a");
        nanoTime.addAndGet(2_000_000_000L);
        assertThat(limits.take("a")).isEmpty();
        assertThat(limits.take("a")).isNotEmpty();
    }

    @Test
    void bulkIsRefusedOnceAnEventHasWaitedForLongerThanAllowed() {
        assertThat(limits.bulk(Duration.ofMinutes(2))).isEmpty();
        assertThat(limits.bulk(Duration.ofMinutes(2).plusMillis(1))).isEqualTo(OptionalInt.of(30));
    }

    @Test
    void oneCallerDoesNotUseUpAnothersTokens() {
        useUp("a");
        assertThat(limits.take("b")).isEmpty();
    }

    @Test
    void restingLongSavesNoMoreThanABurst() {
        nanoTime.addAndGet(1_000_000_000_000L);
        useUp("a");
    }
}
