package org.jikimi.runtime.outbox;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.event.Headers;

/** Writes events in the transaction of the change they tell of: both are there, or neither. */
public final class Outbox {
    private static final int BULK_PAGE = 2_000;

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

    /**
     * Adds many events in the order given, without locking their keys: for a transaction that has one event a key, of keys
     * that no other transaction writes events of meanwhile. Holds some thousands of them in memory at a time.
     *
     * @throws SQLException if the database refuses; the transaction is lost
     */
    public void publishBulk(Connection tx, Iterator<OutboxEvent> events) throws SQLException {
        var sql = "INSERT INTO outbox (id, type, key, headers, payload) "
                + "SELECT * FROM unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::bytea[])";
        try (var insert = tx.prepareStatement(sql)) {
            while (events.hasNext()) {
                var page = new ArrayList<OutboxEvent>(BULK_PAGE);
                while (events.hasNext() && page.size() < BULK_PAGE) {
                    page.add(events.next());
                }
                insert.setArray(1, array(tx, "uuid", page, OutboxEvent::id));
                insert.setArray(2, array(tx, "text", page, OutboxEvent::type));
                insert.setArray(3, array(tx, "text", page, OutboxEvent::key));
                insert.setArray(4, array(tx, "text", page, event -> Headers.write(event.headers())));
                insert.setArray(
                        5,
                        tx.createArrayOf(
                                "bytea", page.stream().map(OutboxEvent::payload).toArray(byte[][]::new)));
                insert.execute();
            }
        }
    }

    private static Array array(Connection tx, String type, List<OutboxEvent> page, Function<OutboxEvent, Object> column)
            throws SQLException {
        return tx.createArrayOf(type, page.stream().map(column).toArray());
    }
}
