package org.jikimi.runtime.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jikimi.runtime.TestDatabase;
import org.jikimi.runtime.db.Transactions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxPartitionsTest {
    private static final long WIDTH = 20;

    private DataSource database;
    private OutboxPartitions partitions;

    @BeforeEach
    void aDatabaseWithNarrowPartitions() throws SQLException {
        database = TestDatabase.create(WIDTH);
        partitions = new OutboxPartitions(database, WIDTH);
        partitions.createAhead(20);
    }

    @Test
    void creatingTwiceChangesNothing() throws SQLException {
        var before = names();
        partitions.createAhead(3);
        assertThat(names()).containsAll(before).hasSizeGreaterThan(1);
    }

    @Test
    void whatHasNotBeenSentIsNeverDropped() throws SQLException {
        publishMany(100);
        assertThat(partitions.dropSent(Duration.ZERO)).isEmpty();
        assertThat(TestDatabase.query(database, "SELECT id FROM outbox")).hasSize(100);
    }

    @Test
    void whatHasBeenSentIsKeptForItsTime() throws SQLException {
        publishMany(100);
        saveAllAsSent();
        assertThat(partitions.dropSent(Duration.ofDays(7)))
                .as("only partitions that never held an event")
                .allSatisfy(name -> assertThat(name).startsWith("outbox_"));
        assertThat(TestDatabase.query(database, "SELECT id FROM outbox")).hasSize(100);
    }

    @Test
    void partitionsAreDroppedAndCreatedWhileAWriterIsOpenAndNobodyWaits() throws Exception {
        publishMany(100);
        saveAllAsSent();
        try (var open = database.getConnection()) {
            open.setAutoCommit(false);
            new Outbox().publish(open, List.of(event("child-open")));

            var dropping = CompletableFuture.supplyAsync(this::dropSentOrTimeOut);
            partitions.createAhead(30);
            publishMany(5); // would wait for ever behind a plain DROP
            assertThat(dropping.get(10, TimeUnit.SECONDS))
                    .as("the detaching that had to wait for the open writer")
                    .isEqualTo("lock timeout");
            open.commit();
        }

        assertThat(partitions.dropSent(Duration.ZERO)).hasSizeGreaterThan(2);
        assertThat(TestDatabase.query(database, "SELECT key FROM outbox"))
                .contains("child-open")
                .hasSizeLessThan(50);
    }

    @Test
    void aPartitionThatACrashLeftDetachedIsDroppedByTheNextCallAndNewOnesAreNot() throws SQLException {
        publishMany(100);
        saveAllAsSent();
        var oldest = TestDatabase.query(database, "SELECT min(tableoid::regclass::text) FROM outbox")
                .getFirst();
        TestDatabase.execute(database, "ALTER TABLE outbox DETACH PARTITION " + oldest);
        TestDatabase.execute(database, "CREATE TABLE outbox_1000000 (LIKE outbox)");

        assertThat(partitions.dropSent(Duration.ofDays(7))).contains(oldest).doesNotContain("outbox_1000000");

        assertThat(TestDatabase.query(database, "SELECT to_regclass('" + oldest + "')"))
                .containsExactly((String) null);
    }

    private String dropSentOrTimeOut() {
        try {
            return partitions.dropSent(Duration.ZERO).toString();
        } catch (SQLException failure) {
            return "55P03".equals(failure.getSQLState()) ? "lock timeout" : failure.toString();
        }
    }

    private void publishMany(int events) throws SQLException {
        for (int i = 0; i < events; i++) {
            Transactions.of(database).run(tx -> {
                new Outbox().publish(tx, List.of(event("child")));
                return tx;
            });
        }
    }

    private static OutboxEvent event(String key) {
        return new OutboxEvent(UUID.randomUUID(), "Test", key, Map.of(), "{}".getBytes(UTF_8));
    }

    private void saveAllAsSent() throws SQLException {
        TestDatabase.execute(
                database, "UPDATE relay_position SET prev = pg_current_snapshot(), target = pg_current_snapshot()");
    }

    private List<String> names() throws SQLException {
        return TestDatabase.query(
                database, "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'outbox'::regclass");
    }
}
