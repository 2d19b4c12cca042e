package org.jikimi.screening.signal;

import static org.jikimi.screening.signal.SendSignals.send;
import static org.jikimi.screening.signal.SendSignals.signal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jikimi.screening.World;
import org.jikimi.screening.registry.SendChildren;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept of children is what plain SQL makes of all signals, whatever came when. */
class ChildStatesTest {
    private static final int CHILDREN = 12;
    private static final int HOUSEHOLDS = 4;
    private static final int BATCHES = 25;
    private static final int LINES = 20;
    private static final int SIGNALS = 150;
    private static final int MANY = 3_000;

    private static final String KEPT =
            "SELECT child_id || ' ' || mask || ' ' || observed::text FROM child_state ORDER BY child_id";
    private static final String FROM_ALL_SIGNALS = """
            SELECT c.id || ' ' || coalesce(sum(1::bigint << b.bit), 0) || ' '
                || coalesce(array_agg(b.latest - DATE '2000-01-01' ORDER BY b.bit) FILTER (WHERE b.bit IS NOT NULL),
                            '{}')::text
            FROM child c LEFT JOIN (
                SELECT k.id, s.bit, max(s.observed_on) AS latest
                FROM child k JOIN signal s ON s.child_id = k.id OR s.household_id = k.household_id
                WHERE s.cleared_on IS NULL GROUP BY k.id, s.bit) AS b ON b.id = c.id
            GROUP BY c.id ORDER BY c.id""";

    private World world;

    @BeforeEach
    void someHouseholds() throws Exception {
        world = new World();
        SendChildren.send(world, "all", register(new SplittableRandom(0)));
    }

    @Test
    void firstWordsCorrectionsAndClearingsAddUpToWhatAllSignalsSay() throws Exception {
        var random = new SplittableRandom(1);
        for (int batch = 0; batch < BATCHES; batch++) {
            send(world, "power-utility", "b" + batch, power(random));

            assertEquals(world.query(FROM_ALL_SIGNALS), world.query(KEPT));
        }
        assertFalse(world.query("SELECT 1 FROM child_state WHERE mask <> 0").isEmpty());
    }

    @Test
    void soDoSourcesThatSendAtOnceWhileChildrenMoveFromHomeToHome() throws Exception {
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            var sent = List.<Future<?>>of(
                    senders.submit(repeat(n -> {
                        send(world, "power-utility", "p" + n, power(new SplittableRandom(n)));
                    })),
                    senders.submit(repeat(n -> {
                        send(world, "power-utility", "q" + n, power(new SplittableRandom(-1 - n)));
                    })),
                    senders.submit(repeat(n -> {
                        send(world, "health-insurance", "h" + n, health(new SplittableRandom(n)));
                    })),
                    senders.submit(repeat(n -> {
                        SendChildren.send(world, "r" + n, register(new SplittableRandom(n)));
                    })));
            for (var sender : sent) {
                sender.get();
            }
        }

        assertEquals(world.query(FROM_ALL_SIGNALS), world.query(KEPT));
    }

    @Test
    void twoSourcesThatTellOfTheSameChildrenAtOnceBothCount() throws Exception {
        var children = IntStream.range(0, MANY)
                .mapToObj(child -> SendChildren.child("M" + child, "M-" + child, "2015-05-01"))
                .collect(Collectors.joining());
        SendChildren.send(world, "many", children);
        var indicators = Map.of("health-insurance", "NO_MEDICAL_USE", "disease-control", "MISSED_VACCINATION");
        var begin = new CyclicBarrier(indicators.size());
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            var sent = new ArrayList<Future<?>>();
            indicators.forEach((source, indicator) -> sent.add(senders.submit(() -> {
                var lines = IntStream.range(0, MANY)
                        .mapToObj(child -> signal(indicator + child, indicator, "RRN", "M" + child, "2026-09-01"))
                        .collect(Collectors.joining());
                begin.await();
                return send(world, source, "at once", lines);
            })));
            for (var sender : sent) {
                sender.get();
            }
        }

        assertEquals(
                List.of("5 " + MANY),
                world.query("SELECT mask || ' ' || count(*) FROM child_state WHERE mask <> 0 GROUP BY mask"));
    }

    private interface Sending {
        void send(int batch) throws Exception;
    }

    private static Callable<Void> repeat(Sending sending) {
        return () -> {
            for (int batch = 0; batch < BATCHES; batch++) {
                sending.send(batch);
            }
            return null;
        };
    }

    private static String power(SplittableRandom random) {
        return lines(random, "POWER_CUTOFF", "HOUSEHOLD", "H-", HOUSEHOLDS);
    }

    private static String health(SplittableRandom random) {
        return lines(random, "NO_MEDICAL_USE", "RRN", "A", CHILDREN);
    }

    /** Lines that often speak of a signal again: of another subject, on another day, or to clear it. */
    private static String lines(SplittableRandom random, String indicator, String scheme, String prefix, int subjects) {
        var lines = new StringBuilder();
        for (int line = 0; line < LINES; line++) {
            var observed = World.TODAY.minusDays(random.nextInt(100));
            lines.append(signal(
                    "S" + random.nextInt(SIGNALS),
                    indicator,
                    scheme,
                    prefix + random.nextInt(subjects),
                    observed.toString(),
                    random.nextInt(3) == 0 ? World.TODAY.toString() : null));
        }
        return lines.toString();
    }

    private static String register(SplittableRandom random) {
        var lines = new StringBuilder();
        IntStream.range(0, CHILDREN)
                .forEach(child ->
                        lines.append(SendChildren.child("A" + child, "H-" + random.nextInt(HOUSEHOLDS), "2015-05-01")));
        return lines.toString();
    }
}
