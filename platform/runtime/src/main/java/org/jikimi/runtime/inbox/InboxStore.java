package org.jikimi.runtime.inbox;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jikimi.runtime.event.Headers;

/** The inbox's tables, as one consumer sees them. */
final class InboxStore {
    private final String consumer;

    InboxStore(String consumer) {
        this.consumer = consumer;
    }

    /** The offsets to read next, locked until the transaction ends; 0 where nothing has been read yet. */
    Map<TopicPartition, Long> lockOffsets(Connection tx, Collection<TopicPartition> partitions) throws SQLException {
        var sorted = partitions.stream()
                .sorted(java.util.Comparator.comparing(TopicPartition::topic)
                        .thenComparingInt(TopicPartition::partition))
                .toList();
        var create = "INSERT INTO inbox_offset (consumer, topic, partition, next_offset) VALUES (?, ?, ?, 0) "
                + "ON CONFLICT (consumer, topic, partition) DO UPDATE SET next_offset = inbox_offset.next_offset "
                + "RETURNING next_offset";
        var offsets = new HashMap<TopicPartition, Long>();
        try (var statement = tx.prepareStatement(create)) {
            for (var partition : sorted) {
                statement.setString(1, consumer);
                statement.setString(2, partition.topic());
                statement.setInt(3, partition.partition());
                try (var row = statement.executeQuery()) {
                    row.next();
                    offsets.put(partition, row.getLong(1));
                }
            }
        }
        return offsets;
    }

    /** The id under which each topic was read, locked until the transaction ends; one seen for the first time is kept. */
    Map<String, String> lockTopics(Connection tx, Map<String, Uuid> topics) throws SQLException {
        var sql = "INSERT INTO inbox_topic (consumer, topic, topic_id) VALUES (?, ?, ?) "
                + "ON CONFLICT (consumer, topic) DO UPDATE SET topic_id = inbox_topic.topic_id RETURNING topic_id";
        var known = new HashMap<String, String>();
        try (var insert = tx.prepareStatement(sql)) {
            for (var topic : topics.keySet().stream().sorted().toList()) {
                insert.setString(1, consumer);
                insert.setString(2, topic);
                insert.setString(3, String.valueOf(topics.get(topic)));
                try (var row = insert.executeQuery()) {
                    row.next();
                    known.put(topic, row.getString(1));
                }
            }
        }
        return known;
    }

    /** All partitions of a topic that was made anew are read from their beginning. */
    void beginAnew(Connection tx, String topic, Uuid id) throws SQLException {
        try (var keep = tx.prepareStatement("UPDATE inbox_topic SET topic_id = ? WHERE consumer = ? AND topic = ?");
                var reset = tx.prepareStatement(
                        "UPDATE inbox_offset SET next_offset = 0 WHERE consumer = ? AND topic = ?")) {
            keep.setString(1, id.toString());
            keep.setString(2, consumer);
            keep.setString(3, topic);
            keep.executeUpdate();
            reset.setString(1, consumer);
            reset.setString(2, topic);
            reset.executeUpdate();
        }
    }

    void saveOffsets(Connection tx, Map<TopicPartition, Long> offsets) throws SQLException {
        var sql = "UPDATE inbox_offset SET next_offset = ? WHERE consumer = ? AND topic = ? AND partition = ?";
        try (var update = tx.prepareStatement(sql)) {
            for (var entry : offsets.entrySet()) {
                update.setLong(1, entry.getValue());
                update.setString(2, consumer);
                update.setString(3, entry.getKey().topic());
                update.setInt(4, entry.getKey().partition());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    /** Remembers the ids and answers those that are new; the others have been here before. */
    Set<UUID> insertIds(Connection tx, Collection<UUID> ids) throws SQLException {
        var sql = "INSERT INTO inbox (consumer, id) SELECT ?, unnest(?::uuid[]) ON CONFLICT DO NOTHING RETURNING id";
        var fresh = new HashSet<UUID>();
        try (var insert = tx.prepareStatement(sql)) {
            insert.setString(1, consumer);
            insert.setArray(2, tx.createArrayOf("uuid", ids.toArray()));
            try (var rows = insert.executeQuery()) {
                while (rows.next()) {
                    fresh.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return fresh;
    }

    /** Of the keys, those that wait for a failed event to be replayed. */
    Set<String> blockedKeys(Connection tx, Collection<String> keys) throws SQLException {
        return keysParked(tx, keys, ParkReason.FAILED, ParkReason.BEHIND);
    }

    /** Of the keys, those of which something is parked for one of the reasons. */
    Set<String> keysParked(Connection tx, Collection<String> keys, ParkReason... reasons) throws SQLException {
        var sql = "SELECT DISTINCT key FROM inbox_parked WHERE consumer = ? AND key = ANY (?) AND reason = ANY (?)";
        var parked = new HashSet<String>();
        try (var select = tx.prepareStatement(sql)) {
            select.setString(1, consumer);
            select.setArray(2, tx.createArrayOf("text", keys.toArray()));
            select.setArray(3, tx.createArrayOf("text", reasons));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    parked.add(rows.getString(1));
                }
            }
        }
        return parked;
    }

    void park(Connection tx, ReceivedEvent event, ParkReason reason, String code) throws SQLException {
        var sql =
                "INSERT INTO inbox_parked (consumer, id, topic, partition, \"offset\", key, headers, payload, reason, code) "
                        + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (consumer, id) DO UPDATE "
                        + "SET reason = EXCLUDED.reason, code = EXCLUDED.code, attempts = inbox_parked.attempts + 1";
        try (var insert = tx.prepareStatement(sql)) {
            insert.setString(1, consumer);
            insert.setObject(2, event.id());
            insert.setString(3, event.topic());
            insert.setInt(4, event.partition());
            insert.setLong(5, event.offset());
            insert.setString(6, event.key());
            insert.setString(7, Headers.write(event.headers()));
            insert.setBytes(8, event.payload());
            insert.setString(9, reason.name());
            insert.setString(10, code);
            insert.executeUpdate();
        }
    }

    boolean isFailed(Connection tx, UUID id) throws SQLException {
        var sql = "SELECT 1 FROM inbox_parked WHERE consumer = ? AND id = ? AND reason = 'FAILED'";
        try (var select = tx.prepareStatement(sql)) {
            select.setString(1, consumer);
            select.setObject(2, id);
            try (var row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    void unpark(Connection tx, UUID id) throws SQLException {
        try (var delete = tx.prepareStatement("DELETE FROM inbox_parked WHERE consumer = ? AND id = ?")) {
            delete.setString(1, consumer);
            delete.setObject(2, id);
            delete.executeUpdate();
        }
    }

    /** The key's parked events of the reasons given, in the order in which they came. */
    List<ReceivedEvent> parked(Connection tx, String key, ParkReason... reasons) throws SQLException {
        var sql = "SELECT id, topic, partition, \"offset\", key, headers, payload FROM inbox_parked "
                + "WHERE consumer = ? AND key = ? AND reason = ANY (?) ORDER BY seq";
        try (var select = tx.prepareStatement(sql)) {
            select.setString(1, consumer);
            select.setString(2, key);
            select.setArray(3, tx.createArrayOf("text", reasons));
            var events = new ArrayList<ReceivedEvent>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    events.add(event(rows));
                }
            }
            return events;
        }
    }

    private static ReceivedEvent event(ResultSet row) throws SQLException {
        return new ReceivedEvent(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getInt(3),
                row.getLong(4),
                row.getString(5),
                Headers.read(row.getString(6)),
                row.getBytes(7));
    }
}
