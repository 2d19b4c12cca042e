package org.jikimi.runtime.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jikimi.runtime.TestDatabase;
import org.jikimi.runtime.event.EventIds;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InboxPartitionsTest {
    private DataSource database;

    @BeforeEach
    void anInbox() throws SQLException {
        database = TestDatabase.create();
    }

    @Test
    void everyTimelyIdHasAPartitionOfItsWeek() throws SQLException {
        var now = Instant.now();

        assertThat(partitionOf(EventIds.next())).startsWith("inbox_w");
        assertThat(partitionOf(idOf(now.minus(InboxPartitions.REMEMBERED)))).startsWith("inbox_w");
        assertThat(partitionOf(UUID.nameUUIDFromBytes(new byte[] {1}))).isEqualTo("inbox_other");
    }

    @Test
    void aWeekIsForgottenOnceAllInItIsTooOldToBeApplied() throws SQLException {
        var partitions = new InboxPartitions(database);
        var old = idOf(Instant.now());
        var week = partitionOf(old);

        assertThat(partitions.dropForgotten(Instant.now().plus(InboxPartitions.REMEMBERED)))
                .doesNotContain(week);
        assertThat(partitions.dropForgotten(Instant.now().plus(Duration.ofDays(38))))
                .contains(week);
    }

    @Test
    void makingThemAgainChangesNothing() throws SQLException {
        var before = TestDatabase.query(database, "SELECT count(*) FROM pg_inherits");

        new InboxPartitions(database).create(Instant.now(), 1);

        assertThat(TestDatabase.query(database, "SELECT count(*) FROM pg_inherits"))
                .isEqualTo(before);
    }

    @Test
    void nobodyWaitsBehindANewPartitionThatWaitsForALongTransaction() throws Exception {
        var nextMonth = Instant.now().plus(Duration.ofDays(28));
        try (var backup = database.getConnection();
                var reading = backup.createStatement()) {
            backup.setAutoCommit(false);
            reading.execute("SELECT count(*) FROM inbox");
            var creating = CompletableFuture.supplyAsync(() -> createOrTimeOut(nextMonth));

            assertThat(creating.get(10, TimeUnit.SECONDS)).isEqualTo("lock timeout");
            assertThat(partitionOf(EventIds.next())).startsWith("inbox_w");
            new InboxPartitions(database).create(Instant.now(), 1); // what is there already needs no lock
        }

        assertThat(createOrTimeOut(nextMonth)).isEqualTo("created");
    }

    private String createOrTimeOut(Instant now) {
        try {
            new InboxPartitions(database).create(now, 0);
            return "created";
        } catch (SQLException failure) {
            return "55P03".equals(failure.getSQLState()) ? "lock timeout" : failure.toString();
        }
    }

    private String partitionOf(UUID id) throws SQLException {
        TestDatabase.execute(database, "INSERT INTO inbox (consumer, id) VALUES ('test', '" + id + "')");
        return TestDatabase.query(database, "SELECT tableoid::regclass::text FROM inbox WHERE id = '" + id + "'")
                .getFirst();
    }

    private static UUID idOf(Instant at) {
        return new UUID((at.toEpochMilli() << 16) | 0x7000, 0x8000L << 48);
    }
}
