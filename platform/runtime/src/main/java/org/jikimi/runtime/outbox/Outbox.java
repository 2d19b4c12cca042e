package org.jikimi.runtime.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.event.Headers;

/** Writes events in the transaction of the change they tell of: both are there, or neither. */
public final class Outbox {
    /**
     * Adds events in the order given, after locking their keys until the transaction ends.
     *
     * @throws SQLException if the database refuses, for example a payload over 262,144 bytes; the transaction is lost
     */
    public void publish(Connection tx, List<OutboxEvent> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        KeyLocks.lock(tx, events.stream().map(OutboxEvent::key).toList());
        var sql = "INSERT INTO outbox (id, type, key, headers, payload) VALUES (?, ?, ?, ?, ?)";
        try (var insert = tx.prepareStatement(sql)) {
            for (var event : events) {
                insert.setObject(1, event.id());
                insert.setString(2, event.type());
                insert.setString(3, event.key());
                insert.setString(4, Headers.write(event.headers()));
                insert.setBytes(5, event.payload());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
