package org.jikimi.city.story;

import java.time.Duration;
import java.util.List;

/**
 * How long urgent signals took from being accepted to their alert in a mailbox, by the machine's clock.
 *
 * @param sent signals sent
 * @param arrived of them, alerts that arrived
 * @param p50 half were as quick; zero if none arrived
 * @param p99 all but one in a hundred were as quick; zero if none arrived
 */
public record Latency(int sent, int arrived, Duration p50, Duration p99) {
    /** Nothing was measured. */
    static Latency none() {
        return of(0, List.of());
    }

    static Latency of(int sent, List<Duration> times) {
        List<Duration> sorted = times.stream().sorted().toList();
        return new Latency(sent, sorted.size(), percentile(sorted, 50), percentile(sorted, 99));
    }

    /** The smallest value that at least so many percent do not exceed. */
    private static Duration percentile(List<Duration> sorted, int percent) {
        if (sorted.isEmpty()) {
            return Duration.ZERO;
        }
        int rank = (sorted.size() * percent + 99) / 100;
        return sorted.get(Math.max(1, rank) - 1);
    }
}
