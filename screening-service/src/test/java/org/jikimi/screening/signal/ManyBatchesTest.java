package org.jikimi.screening.signal;

import static org.awaitility.Awaitility.await;
import static org.jikimi.screening.signal.SendSignals.send;
import static org.jikimi.screening.signal.SendSignals.signal;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jikimi.screening.World;
import org.jikimi.screening.registry.SendChildren;
import org.junit.jupiter.api.Test;

/** However many batches come in at once, connections are left for those who cannot wait. */
class ManyBatchesTest {
    private static final String SOURCE = "power-utility";
    private static final int BATCHES = World.CONNECTIONS + 2;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration A_WHILE = Duration.ofMillis(300);

    @Test
    void chunksHoldHalfOfTheConnectionsAndTheOtherBatchesWaitTheirTurn() throws Exception {
        var world = new World();
        SendChildren.send(world, "all", SendChildren.child("A", "H-1", "2015-05-01"));
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            var sent = world.transactions.run(tx -> {
                SignalLocks.takeAll(tx, SOURCE); // nobody can settle
                var batches = IntStream.range(0, BATCHES)
                        .<Future<?>>mapToObj(
                                batch -> senders.submit(() -> send(world, SOURCE, "b" + batch, line(batch))))
                        .toList();
                await("all have begun")
                        .atMost(SOON)
                        .until(() -> world.query("SELECT count(*) FROM batch WHERE source = 'power-utility'")
                                .equals(List.of("" + BATCHES)));
                await("as many wait as may")
                        .during(A_WHILE)
                        .atMost(SOON)
                        .until(() -> world.waiting() == World.CONNECTIONS / 2);
                return batches;
            });
            for (var batch : sent) {
                batch.get();
            }
        }

        assertEquals(List.of("" + BATCHES), world.query("SELECT count(*) FROM signal"));
    }

    private static String line(int batch) {
        return signal("S" + batch, "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-01");
    }
}
