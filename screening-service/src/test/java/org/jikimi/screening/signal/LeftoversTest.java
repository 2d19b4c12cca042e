package org.jikimi.screening.signal;

import static org.awaitility.Awaitility.await;
import static org.jikimi.screening.signal.SendSignals.send;
import static org.jikimi.screening.signal.SendSignals.signal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.due.DueHandler;
import org.jikimi.runtime.due.DueRunner;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.World;
import org.jikimi.screening.batch.BatchKind;
import org.jikimi.screening.batch.ReceiveBatch;
import org.jikimi.screening.batch.Reception;
import org.jikimi.screening.batch.Upload;
import org.jikimi.screening.erasure.Erasing;
import org.jikimi.screening.registry.SendChildren;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a batch has landed whose sender or service died is settled while its sender comes back. */
class LeftoversTest {
    private static final String SOURCE = "power-utility";
    /** However busy the machine is; who waits for who waits for it is told at once. */
    private static final Duration AT_LAST = Duration.ofMinutes(2);

    private static final String UNSETTLED = "SELECT count(*) FROM batch_chunk WHERE NOT settled";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private World world;
    private Times later;

    @BeforeEach
    void aBatchThatLanded() throws Exception {
        world = new World();
        later = new Times(() -> world.times.now().plus(Duration.ofMinutes(11)));
        SendChildren.send(world, "all", SendChildren.child("A", "H-1", "2015-05-01"));
        land("b", line("S1"));
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void itsSenderAndWhoSettlesItDoNotWaitForEachOtherForEver() throws Exception {
        var again = new CompletableFuture<Future<?>>();
        var leftovers = leftovers();
        var whileItsSenderComesBack = new DueHandler() {
            @Override
            public String kind() {
                return leftovers.kind();
            }

            @Override
            public void handle(Connection tx, String subject, Instant dueAt, Instant now) throws SQLException {
                if (!again.isDone()) {
                    again.complete(threads.submit(() -> send(world, SOURCE, "b", line("S1"))));
                    await("the sender waits").atMost(AT_LAST).until(() -> world.waiting() > 0);
                }
                leftovers.handle(tx, subject, dueAt, now);
            }
        };

        var settled = threads.submit(
                () -> new DueRunner(world.transactions, later, List.of(whileItsSenderComesBack)).runDue());
        await().atMost(AT_LAST).until(() -> settled.isDone() || world.waiting() > 1);

        assertTrue(settled.isDone(), "each waits for the other");
        assertNotEquals(0, settled.get());
        again.join().get(AT_LAST.toSeconds(), TimeUnit.SECONDS);
        assertEquals(
                List.of("COMPLETE 1"),
                world.query("SELECT state || ' ' || (SELECT count(*) FROM signal) FROM batch "
                        + "WHERE source = 'power-utility'"));
    }

    @Test
    void itIsSettledThoughSendersWhoComeBackHoldAllOtherConnections() throws Exception {
        var none = new Transactions() {
            @Override
            public <T> T run(Work<T> work) throws SQLException {
                throw new SQLTransientConnectionException("none is left");
            }
        };
        var receive = new ReceiveBatch(none, world.keys, later, (tx, entry) -> {}, World.CONNECTIONS);
        var leftovers = new SettleLeftovers(receive, world.keys, later, world.act, new DueWork());

        new DueRunner(world.transactions, later, List.of(leftovers)).runDue();

        assertEquals(List.of("0"), world.query(UNSETTLED));
    }

    @Test
    void legalClocksDoNotWaitUntilAllOfALargeFileIsSettled() throws Exception {
        land(
                "large",
                IntStream.rangeClosed(1, 10_001).mapToObj(id -> line("L" + id)).collect(Collectors.joining()));
        var left = new ArrayList<String>();
        var clock = new DueHandler() {
            @Override
            public String kind() {
                return "clock";
            }

            @Override
            public void handle(Connection tx, String subject, Instant dueAt, Instant now) throws SQLException {
                left.addAll(world.query(UNSETTLED));
            }
        };
        world.transactions.run(tx -> {
            new DueWork().plan(tx, "clock", "any", later.now().minusSeconds(30));
            return clock;
        });

        new DueRunner(world.transactions, later, List.of(leftovers(), clock)).runDue();

        assertEquals(List.of("1"), left);
        assertEquals(List.of("0"), world.query(UNSETTLED));
    }

    @Test
    void whoeverIsErasedBeforeItsLineIsSettledIsRejectedInTheReceipt() throws Exception {
        SendChildren.send(world, "grown", SendChildren.child("GROWN", "H-2", "2005-05-01"));
        var lines = signal("S1", "POWER_CUTOFF", "RRN", "GROWN", "2026-09-01") + line("S2");
        land("lines", lines);

        new Erasing(world).on(world.times.now());
        var receipt = assertInstanceOf(Reception.Received.class, send(world, SOURCE, "lines", lines))
                .receipt();

        assertEquals(
                List.of(2L, 1L, 0L, 1L),
                List.of(receipt.received(), receipt.accepted(), receipt.duplicates(), receipt.rejected()));
        assertEquals(List.of("1 unknown-subject"), world.query("SELECT line || ' ' || code FROM batch_rejection"));
        assertEquals(
                List.of("1"),
                world.query("SELECT count(*) FROM signal_raw r JOIN batch b ON b.id = r.batch_id AND b.key = 'lines'"));
    }

    private SettleLeftovers leftovers() {
        return new SettleLeftovers(world.receive, world.keys, later, world.act, new DueWork());
    }

    /** Sends lines; then the service is gone. */
    private void land(String key, String lines) {
        var body = new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8));
        var upload = new Upload(world.source(SOURCE), SOURCE, key, false, false, body);
        assertThrows(
                IllegalStateException.class,
                () -> world.receive.receive(BatchKind.SIGNALS, new DiesBeforeItSettles(world, SOURCE), upload));
    }

    private static String line(String id) {
        return signal(id, "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-01");
    }
}
