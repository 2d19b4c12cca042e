package org.jikimi.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
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

    List<Figure> measure() throws Exception {
        var database = RuntimeDatabase.with("V0020__audit.sql", "V0021__audit_chain.sql");
        RuntimeDatabase.execute(
                database, "CREATE TABLE record (id int PRIMARY KEY, version bigint NOT NULL, state text NOT NULL)");
        RuntimeDatabase.execute(
                database, "INSERT INTO record SELECT n, 1, 'PLANNED' FROM generate_series(0, " + RECORDS + ") AS n");
        Audit audit = new JdbcAudit(new ConfiguredKeyring(Map.of("k1", key()), "k1", "k1"));
        Audit none = (tx, entry) -> {};
        turn(database, none);
        sealedTurn(database, audit); // both warm
        var turns = Turns.of(
                "the least change", ROUNDS, () -> sealedTurn(database, audit), () -> turn(database, none), progress);
        return List.of(new Figure(
                "the least change with its audit row, %d writers".formatted(Turns.WRITERS),
                turns.with(),
                "changes/s",
                turns.without(),
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
        return Turns.rate(TURN, writer -> until -> work(database, audit, writer, until));
    }

    private long work(DataSource database, Audit audit, int writer, long until) throws SQLException {
        var random = new Random(writer);
        long changes = 0;
        try (var connection = database.getConnection()) { // as from a pool, so that its statements are prepared
            connection.setAutoCommit(false);
            while (System.nanoTime() < until) {
                change(connection, audit, random.nextInt(RECORDS / Turns.WRITERS) * Turns.WRITERS + writer);
                connection.commit();
                changes++;
            }
        }
        return changes;
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
        audit.recordAndCommit(
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
