package org.jikimi.runtime.inbox;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jboss.logging.Logger;
import org.jikimi.runtime.db.Failures;
import org.jikimi.runtime.db.Transactions;

/**
 * Reads the records of others, each once: offsets commit with what was taken. A batch that fails is halved until the one
 * record that fails alone is found and refused; failing infrastructure refuses nothing.
 */
public final class RecordInbox implements Receiver {
    private static final Logger LOG = Logger.getLogger(RecordInbox.class);

    private final Transactions transactions;
    private final RecordIntake intake;
    private final ReadOffsets offsets;

    /** @param service whose database it is */
    public RecordInbox(String service, Transactions transactions, RecordIntake intake) {
        this.transactions = transactions;
        this.intake = intake;
        this.offsets = new ReadOffsets(new InboxStore(service + "." + intake.name()));
    }

    @Override
    public Map<TopicPartition, Long> offsets(Map<TopicPartition, Long> ends, Map<String, Uuid> topics)
            throws SQLException {
        return offsets.committed(transactions.run(tx -> offsets.begin(tx, ends, topics)));
    }

    @Override
    public Map<TopicPartition, Long> receive(List<ReceivedEvent> batch) throws SQLException {
        if (batch.isEmpty()) {
            return Map.of();
        }
        var topics = batch.stream().collect(groupingBy(ReceivedEvent::topic, TreeMap::new, toList()));
        if (topics.size() > 1) { // each topic has locks of its own, and one transaction would keep them for the next
            var all = new HashMap<TopicPartition, Long>();
            for (var records : topics.values()) {
                all.putAll(receive(records));
            }
            return all;
        }
        int atOnce = intake.atOnce(batch);
        if (batch.size() > atOnce) {
            return receiveParts(batch, atOnce);
        }
        try {
            return offsets.committed(transactions.run(tx -> take(tx, batch)));
        } catch (SQLException | RuntimeException | StackOverflowError failure) {
            if (Failures.isInfrastructure(failure)) {
                throw failure;
            }
            if (batch.size() > 1) {
                return receiveParts(batch, batch.size() / 2);
            }
            var poison = batch.getFirst();
            LOG.warnf("Refused %s: %s", poison, failure.getClass().getName());
            return offsets.committed(transactions.run(tx -> refuse(tx, poison)));
        }
    }

    private Map<TopicPartition, Long> receiveParts(List<ReceivedEvent> batch, int first) throws SQLException {
        var both = new HashMap<>(receive(batch.subList(0, first)));
        both.putAll(receive(batch.subList(first, batch.size())));
        return both;
    }

    private Map<TopicPartition, Long> take(Connection tx, List<ReceivedEvent> batch) throws SQLException {
        var partitions = new LinkedHashSet<TopicPartition>();
        batch.forEach(record -> partitions.add(record.place()));
        var next = offsets.lock(tx, partitions);
        var unread = batch.stream()
                .filter(record -> record.offset() >= next.getOrDefault(record.place(), 0L))
                .toList();
        if (!unread.isEmpty()) {
            intake.take(tx, unread);
            offsets.advance(tx, next, unread);
        }
        return next;
    }

    private Map<TopicPartition, Long> refuse(Connection tx, ReceivedEvent poison) throws SQLException {
        var next = offsets.lock(tx, List.of(poison.place()));
        if (poison.offset() >= next.getOrDefault(poison.place(), 0L)) {
            intake.refuse(tx, poison);
            offsets.advance(tx, next, List.of(poison));
        }
        return next;
    }
}
