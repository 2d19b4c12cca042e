package org.jikimi.city.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatencyTest {
    @Test
    void halfAreAsQuickAsP50AndAllButOneInAHundredAsP99() {
        List<Duration> times = IntStream.rangeClosed(1, 200)
                .mapToObj(Duration::ofMillis)
                .toList()
                .reversed();

        assertThat(Latency.of(201, times))
                .isEqualTo(new Latency(201, 200, Duration.ofMillis(100), Duration.ofMillis(198)));
    }

    @Test
    void oneTimeIsBothAndNoneIsZero() {
        assertThat(Latency.of(1, List.of(Duration.ofMillis(7))).p99()).isEqualTo(Duration.ofMillis(7));
        assertThat(Latency.of(3, List.of())).isEqualTo(new Latency(3, 0, Duration.ZERO, Duration.ZERO));
    }
}
