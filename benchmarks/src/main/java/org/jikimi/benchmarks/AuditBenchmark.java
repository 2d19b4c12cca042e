package org.jikimi.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jikimi.runtime.audit.AnchorFile;
import org.jikimi.runtime.audit.Audit;
import org.jikimi.runtime.audit.AuditEntry;
import org.jikimi.runtime.audit.AuditSealer;
import org.jikimi.runtime.audit.JdbcAudit;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.keys.ConfiguredKeyring;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.runtime.outbox.OutboxEvent;
import org.jikimi.runtime.time.Times;

/**
 * Writers that commit changes with their audit rows, while a sealer chains and anchors these, beside the same writers with
 * the same changes and no audit. A change is about the least that a request makes: one row read for its version and
 * updated, one event in the outbox. It shows the cost at its highest; {@link AuditOverRest} shows it where a service works.
 * In turns of some seconds, so that both meet the same machine.
 */
final class AuditBenchmark {
    private static final int WRITERS = 16;
    private static final int RECORDS = 20_000;
    private static final int ROUNDS = 10; // even, as each begins where the one before ended
    private static final Duration TURN = Duration.ofSeconds(4);

    private final PrintStream progress;
    private final Path anchors;
    private final Outbox outbox = new Outbox();
    private final Times times = new Times(InstantSource.system());
    private final byte[] payload = "{\"visitId\":\"%s\",\"version\":2,\"state\":\"COMPLETED\",\"childId\":\"%s\"}"
            .formatted(new UUID(1, 1), new UUID(2, 2))
            .getBytes(UTF_8);

    /** @param directory for the anchors */
    AuditBenchmark(Path directory, PrintStream progress) {
        this.anchors = directory.resolve("audit.anchors");
        this.progress = progress;
    }

    List<Figure> measure() throws SQLException, InterruptedException, ExecutionException, IOException {
        var database = RuntimeDatabase.with("V0020__audit.sql", "V0021__audit_chain.sql");
        RuntimeDatabase.execute(
                database, "CREATE TABLE record (id int PRIMARY KEY, version bigint NOT NULL, state text NOT NULL)");
        RuntimeDatabase.execute(
                database, "INSERT INTO record SELECT n, 1, 'PLANNED' FROM generate_series(0, " + RECORDS + ") AS n");
        Audit audit = new JdbcAudit(new ConfiguredKeyring(Map.of("k1", key()), "k1", "k1"));
        Audit none = (tx, entry) -> {};
        turn(database, none);
        sealedTurn(database, audit); // both warm
        var plain = new ArrayList<Double>();
        var audited = new ArrayList<Double>();
        for (int round = 0; round < ROUNDS; round++) {
            boolean auditFirst = round % 2 == 1;
            if (auditFirst) {
                audited.add(sealedTurn(database, audit));
            }
            plain.add(turn(database, none));
            if (!auditFirst) {
                audited.add(sealedTurn(database, audit));
            }
            progress.printf(
                    Locale.ROOT,
                    "audit %d of %d: %,.0f changes/s with, %,.0f without: %.1f %%%n",
                    round + 1,
                    ROUNDS,
                    audited.getLast(),
                    plain.getLast(),
                    cost(audited.getLast(), plain.getLast()));
        }
        return figures(Bench.median(audited), Bench.median(plain));
    }

    private static double cost(double audited, double plain) {
        return 100 * (1 - audited / plain);
    }

    private static List<Figure> figures(double audited, double plain) {
        var writers = "%d writers".formatted(WRITERS);
        return List.of(new Figure(
                "the least change with its audit row, " + writers,
                audited,
                "changes/s",
                plain,
                "the same without audit",
                "none, for information",
                true));
    }

    /** A turn with the sealer at work every second, as in a service. */
    private double sealedTurn(DataSource database, Audit audit)
            throws SQLException, InterruptedException, ExecutionException {
        var sealer = new AuditSealer(Transactions.of(database), new AnchorFile(anchors), times);
        try (var every = Executors.newScheduledThreadPool(1)) {
            var sealing = every.scheduleWithFixedDelay(
                    () -> {
                        try {
                            sealer.sealOnce();
                        } catch (SQLException failure) {
                            throw new IllegalStateException(failure);
                        }
                    },
                    1,
                    1,
                    TimeUnit.SECONDS);
            var rate = turn(database, audit);
            if (sealing.isDone()) {
                throw new IllegalStateException("the sealer gave up");
            }
            sealing.cancel(false);
            return rate;
        } finally {
            sealer.sealOnce(); // what is left is no burden of the next turn
        }
    }

    /** Changes committed in a second. */
    private double turn(DataSource database, Audit audit) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        long until = start + TURN.toNanos();
        try (var writers = Executors.newFixedThreadPool(WRITERS)) {
            var counts = new ArrayList<Future<Long>>();
            for (int writer = 0; writer < WRITERS; writer++) {
                counts.add(writers.submit(writer(database, audit, writer, until)));
            }
            long changes = 0;
            for (var count : counts) {
                changes += count.get();
            }
            return Bench.perSecond(changes, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private Callable<Long> writer(DataSource database, Audit audit, int writer, long until) {
        return () -> {
            var random = new Random(writer);
            long changes = 0;
            try (var connection = database.getConnection()) { // as from a pool, so that its statements are prepared
                connection.setAutoCommit(false);
                while (System.nanoTime() < until) {
                    change(connection, audit, random.nextInt(RECORDS / WRITERS) * WRITERS + writer);
                    connection.commit();
                    changes++;
                }
            }
            return changes;
        };
    }

    private void change(Connection tx, Audit audit, int record) throws SQLException {
        long version;
        try (var select = tx.prepareStatement("SELECT version FROM record WHERE id = ? FOR UPDATE")) {
            select.setInt(1, record);
            try (var row = select.executeQuery()) {
                row.next();
                version = row.getLong(1);
            }
        }
        try (var update = tx.prepareStatement("UPDATE record SET version = ?, state = ? WHERE id = ?")) {
            update.setLong(1, version + 1);
            update.setString(2, "COMPLETED");
            update.setInt(3, record);
            update.executeUpdate();
        }
        var subject = new UUID(record, record);
        outbox.publish(
                tx,
                List.of(new OutboxEvent(EventIds.next(), "VisitCompleted", subject.toString(), headers(), payload)));
        audit.record(
                tx,
                new AuditEntry(
                        times.now(),
                        "officer-11350",
                        null,
                        "visit.complete",
                        List.of("visit:" + subject, "child:" + subject),
                        null));
    }

    private static Map<String, String> headers() {
        return Map.of(
                "ce_specversion",
                "1.0",
                "ce_type",
                "org.jikimi.case.VisitCompleted.v1",
                "ce_source",
                "/case",
                "ce_time",
                Instant.EPOCH.toString(),
                "ce_correlationid",
                new UUID(3, 4).toString(),
                "content-type",
                "application/json");
    }

    private static byte[] key() {
        var key = new byte[32];
        new Random(1).nextBytes(key);
        return key;
    }
}
