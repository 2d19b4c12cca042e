package org.jikimi.systemtests.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jikimi.city.story.LedgerLine;
import org.jikimi.local.Stack;
import org.jikimi.systemtests.Backlog;
import org.jikimi.systemtests.EventLog;
import org.jikimi.systemtests.Rest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A city lives through its quarter while parts of the platform are killed under it. What came of it is counted from
 * outside, by the public APIs and on Kafka.
 */
@ExtendWith(RunningPlatform.class)
class KillTest {
    private static final int CHILDREN = 150;
    private static final boolean LONG = Boolean.getBoolean("jikimi.long");
    private static final int WEEKS = LONG ? 8 : 4;
    private static final int HOUSEHOLDS_OF_A_CITY = 1_000;
    private static final List<String> SERVICES =
            List.of("screening-service", "case-service", "referral-service", "notification-service");
    private static final Map<String, Integer> KILLS = new HashMap<>();

    private final Stack stack;

    KillTest(Stack stack) {
        this.stack = stack;
    }

    static IntStream seeds() {
        return IntStream.rangeClosed(1, LONG ? 50 : 5);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothingIsLostDoubledOrOutOfOrderWhenPartsAreKilledInTheMiddle(int seed) {
        var before = pids();
        var killer = new Killer(stack, seed);
        try (killer) {
            var result = stack.play(CHILDREN, seed, (long) seed * HOUSEHOLDS_OF_A_CITY, WEEKS, System.out);

            assertThat(result.lines()).allMatch(LedgerLine::balances);
            assertThat(result.balances())
                    .as("every urgent signal reached somebody")
                    .isTrue();
        }
        assertThat(killer.killed()).as("killed in the middle").hasSizeGreaterThanOrEqualTo(2);
        killer.killed().forEach(part -> KILLS.merge(part, 1, Integer::sum));
        noOtherServiceHadToBeStartedAgain(before, killer.killed());
        everyServiceIsHealthy();
        everyEventWasSentAndRead();
        kafkaHoldsEveryEventOnceAndInOrder();
    }

    @Test
    void aCityThatComesAgainOnKeptDataIsLoadedOnce() {
        long first = 900L * HOUSEHOLDS_OF_A_CITY;
        var once = stack.play(10, 900, first, 1, System.out);

        var again = stack.play(10, 900, first, 1, System.out);

        assertThat(again.lines()).allMatch(LedgerLine::balances);
        assertThat(again.figures().get("screened")).isEqualTo(once.figures().get("screened"));
    }

    @AfterAll
    static void everyPartWasKilledAtLeastOnce() {
        assertThat(KILLS.keySet()).containsExactlyInAnyOrderElementsOf(Killer.PARTS);
    }

    private Map<String, Long> pids() {
        var pids = new HashMap<String, Long>();
        SERVICES.forEach(service ->
                pids.put(service, stack.processOf(service).orElseThrow().pid()));
        return pids;
    }

    /** A service outlives the death of its database or broker. */
    private void noOtherServiceHadToBeStartedAgain(Map<String, Long> before, List<String> killed) {
        var spared =
                SERVICES.stream().filter(service -> !killed.contains(service)).toList();
        var now = pids();
        assertThat(spared).allSatisfy(service -> assertThat(now.get(service)).isEqualTo(before.get(service)));
    }

    private void everyServiceIsHealthy() {
        var rest = new Rest(stack);
        for (var service : Rest.Service.values()) {
            Awaitility.await(service + " is healthy")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> rest.health(service) == 200);
        }
    }

    private void everyEventWasSentAndRead() {
        var rest = new Rest(stack);
        Awaitility.await("nothing waits")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() ->
                        assertThat(Backlog.of(stack.kafkaAdministrator(), rest)).isEmpty());
    }

    private void kafkaHoldsEveryEventOnceAndInOrder() {
        var entries = EventLog.read(stack.kafkaAdministrator()).stream()
                .filter(entry -> !entry.topic().endsWith(".relay-mark")) // how far a relay has come is no event
                .filter(entry -> !entry.isOfAnAgency())
                .toList();
        var order = EventOrder.of(entries);
        System.out.printf("  Kafka holds %,d events, %,d of them sent again%n", order.events(), order.repeats());
        assertThat(order.events()).isPositive();
        assertThat(order.violations()).isEmpty();
        assertThat(entries).filteredOn(EventLog.Entry::isDeadLetter).isEmpty();
    }
}
