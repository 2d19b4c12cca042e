package org.jikimi.runtime.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jikimi.runtime.TestDatabase;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventIds;
import org.junit.jupiter.api.Test;

class OutboxBulkTest {
    @Test
    void manyEventsAreAddedInTheirOrderWithoutALockForEach() throws Exception {
        var database = TestDatabase.create();
        var events = IntStream.range(0, 5_001)
                .mapToObj(i -> new OutboxEvent(
                        EventIds.next(), "Flagged", UUID.randomUUID().toString(), Map.of("n", "" + i), new byte[] {1}))
                .toList();

        Transactions.of(database).run(tx -> {
            new Outbox().publishBulk(tx, events.iterator());
            try (var locks = tx.createStatement();
                    var row = locks.executeQuery("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")) {
                row.next();
                assertThat(row.getInt(1)).isZero();
            }
            return events;
        });

        assertThat(TestDatabase.query(database, "SELECT id FROM outbox ORDER BY seq"))
                .isEqualTo(events.stream().map(event -> event.id().toString()).toList());
    }
}
