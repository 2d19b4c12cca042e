package org.jikimi.screening.signal;

import static org.awaitility.Awaitility.await;
import static org.jikimi.screening.signal.SendSignals.send;
import static org.jikimi.screening.signal.SendSignals.signal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jikimi.screening.World;
import org.jikimi.screening.registry.SendChildren;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who sends for one source at once waits for another only where both speak of the same signal, or one of them of many. */
class SignalLocksTest {
    private static final String SOURCE = "power-utility";
    private static final int SENDERS = 4;
    private static final int BATCHES = 15;

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration A_WHILE = Duration.ofMillis(300);

    private World world;

    @BeforeEach
    void aChild() throws Exception {
        world = new World();
        SendChildren.send(world, "all", SendChildren.child("A", "H-1", "2015-05-01"));
    }

    @Test
    void aBatchIsTakenWhileAnotherOfTheSameSourceIsStillBeingStored() throws Exception {
        try (var other = Executors.newVirtualThreadPerTaskExecutor()) {
            world.transactions.run(tx -> {
                SignalLocks.take(tx, SOURCE, List.of("S1"));

                var sent = other.submit(() -> send(world, SOURCE, "b2", line("S2")));

                return get(sent);
            });
        }

        assertEquals(List.of("S2"), world.query("SELECT signal_id FROM signal"));
    }

    @Test
    void whoSpeaksOfTheSameSignalWaits() throws Exception {
        world.transactions.run(tx -> {
            SignalLocks.take(tx, SOURCE, List.of("S1", "S2"));

            waits(List.of("S2", "S3"));
            return 0;
        });
    }

    @Test
    void aFileOfManyLinesHasTheSourceToItself() throws Exception {
        world.transactions.run(tx -> {
            SignalLocks.takeAll(tx, SOURCE);

            waits(List.of("S1"));
            return 0;
        });
        var many = IntStream.rangeClosed(0, SignalLocks.FEW)
                .mapToObj(id -> line("M" + id))
                .collect(Collectors.joining());
        try (var other = Executors.newVirtualThreadPerTaskExecutor()) {
            var sent = world.transactions.run(tx -> {
                SignalLocks.take(tx, SOURCE, List.of("S1"));
                var sending = other.submit(() -> send(world, SOURCE, "many", many));
                await("it waits").during(A_WHILE).atMost(SOON).until(() -> world.waiting() == 1);
                return sending;
            });
            get(sent);
        }

        assertEquals(List.of("" + (SignalLocks.FEW + 1)), world.query("SELECT count(*) FROM signal"));
    }

    @Test
    void theSameNewSignalsSentByManyAtOnceAreStoredOnce() throws Exception {
        var begin = new CyclicBarrier(SENDERS);
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            var sent = IntStream.range(0, SENDERS)
                    .mapToObj(sender -> senders.submit(sendTheSame(sender, begin)))
                    .toList();
            for (var sender : sent) {
                sender.get();
            }
        }

        assertEquals(
                List.of(BATCHES * SignalLocks.FEW + " " + (SENDERS - 1) * BATCHES * SignalLocks.FEW),
                world.query("SELECT (SELECT count(*) FROM signal) || ' ' || sum(duplicates) FROM batch_chunk"));
    }

    private Callable<Integer> sendTheSame(int sender, CyclicBarrier begin) {
        return () -> {
            for (int batch = 0; batch < BATCHES; batch++) {
                int first = batch * SignalLocks.FEW;
                var lines = IntStream.range(first, first + SignalLocks.FEW)
                        .map(id -> sender % 2 == 0 ? id : 2 * first + SignalLocks.FEW - 1 - id)
                        .mapToObj(id -> line("S" + id))
                        .collect(Collectors.joining());
                begin.await(60, TimeUnit.SECONDS);
                send(world, SOURCE, "sender " + sender + " batch " + batch, lines);
            }
            return 0;
        };
    }

    private static String line(String id) {
        return signal(id, "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-01");
    }

    private void waits(Collection<String> ids) {
        var late = assertThrows(SQLException.class, () -> world.transactions.run(tx -> takeSoon(tx, ids)));
        assertEquals("55P03", late.getSQLState());
    }

    private static int takeSoon(Connection tx, Collection<String> ids) throws SQLException {
        try (var statement = tx.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '100ms'");
        }
        SignalLocks.take(tx, SOURCE, ids);
        return 0;
    }

    private static <T> T get(Future<T> answer) {
        try {
            return answer.get(20, TimeUnit.SECONDS);
        } catch (Exception late) {
            throw new IllegalStateException("it waits", late);
        }
    }
}
