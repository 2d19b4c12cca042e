package org.jikimi.runtime.inbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jboss.logging.Logger;

/** How far a consumer has read. The database alone decides, in the transaction of what it read. */
final class ReadOffsets {
    private static final Logger LOG = Logger.getLogger(ReadOffsets.class);

    private final InboxStore store;
    /** What this process knows to be committed. */
    private final Map<TopicPartition, Long> committed = new ConcurrentHashMap<>();

    ReadOffsets(InboxStore store) {
        this.store = store;
    }

    /** Where to read on, by partition, as {@link Receiver#offsets} says it. */
    Map<TopicPartition, Long> begin(Connection tx, Map<TopicPartition, Long> ends, Map<String, Uuid> topics)
            throws SQLException {
        for (var topic : store.lockTopics(tx, topics).entrySet()) {
            var now = topics.get(topic.getKey());
            if (now != null && !now.toString().equals(topic.getValue())) {
                LOG.errorf("The topic %s was made anew: it is read from its beginning", topic.getKey());
                store.beginAnew(tx, topic.getKey(), now);
            }
        }
        var stored = store.lockOffsets(tx, ends.keySet());
        stored.replaceAll((partition, next) -> withinLog(partition, next, ends.getOrDefault(partition, next)));
        store.saveOffsets(tx, stored);
        return stored;
    }

    private static long withinLog(TopicPartition partition, long next, long end) {
        if (next <= end) {
            return next;
        }
        LOG.errorf("%s ends at %d, before what was read of it: it is read from its beginning", partition, end);
        return 0;
    }

    /**
     * The offsets to read next, locked until the transaction ends.
     *
     * @throws SQLException of failing infrastructure, if the database was restored under a running consumer, which then
     *     wants to be read to again from where it stands
     */
    Map<TopicPartition, Long> lock(Connection tx, Collection<TopicPartition> partitions) throws SQLException {
        var stored = store.lockOffsets(tx, partitions);
        for (var entry : stored.entrySet()) {
            if (entry.getValue() < committed.getOrDefault(entry.getKey(), 0L)) {
                throw new SQLException("the stored offset of " + entry.getKey() + " went back", "58000");
            }
        }
        return stored;
    }

    /** Keeps that the events were read. */
    void advance(Connection tx, Map<TopicPartition, Long> next, Collection<ReceivedEvent> read) throws SQLException {
        for (var event : read) {
            next.merge(event.place(), event.offset() + 1, Math::max);
        }
        store.saveOffsets(tx, next);
    }

    /** Told after the transaction. */
    Map<TopicPartition, Long> committed(Map<TopicPartition, Long> offsets) {
        committed.putAll(offsets);
        return new HashMap<>(offsets);
    }
}
