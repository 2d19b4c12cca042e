package org.jikimi.runtime.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.jboss.logging.Logger;
import org.jikimi.runtime.event.TopicIds;

/**
 * The topics that a relay sends to. One that was made anew, by the id that Kafka gives it, has lost what was sent; for one that
 * is missing its events wait, and no others: events of different topics have no order.
 */
final class SentTopics {
    private static final Logger LOG = Logger.getLogger(SentTopics.class);

    private static final String MISS = "INSERT INTO relay_missing (topic, prev, target, last_seq) "
            + "VALUES (?, ?::pg_snapshot, ?::pg_snapshot, ?) ON CONFLICT (topic) DO NOTHING";

    private final TopicIds kafka;
    private final Set<String> there = new HashSet<>();
    private final Set<String> missing = new HashSet<>();

    SentTopics(TopicIds kafka) {
        this.kafka = kafka;
    }

    /**
     * Topics to which something must be sent again.
     *
     * @param anew all that is kept, for they are not those any more that it was sent to
     * @param back what has waited for them, for they are there now
     */
    record Look(Map<String, Uuid> anew, Map<String, Uuid> back) {
        boolean isQuiet() {
            return anew.isEmpty() && back.isEmpty();
        }
    }

    /** Looks at all topics that were sent to, and at those that are waited for. */
    Look look(Connection session) throws SQLException {
        var before = new HashMap<String, String>();
        missing.clear();
        try (var select = session.createStatement()) {
            try (var rows = select.executeQuery("SELECT topic, topic_id FROM relay_topic")) {
                while (rows.next()) {
                    before.put(rows.getString(1), rows.getString(2));
                }
            }
            try (var rows = select.executeQuery("SELECT topic FROM relay_missing")) {
                while (rows.next()) {
                    missing.add(rows.getString(1));
                }
            }
        }
        var all = new HashSet<>(before.keySet());
        all.addAll(missing);
        var found = kafka.of(all);
        there.clear();
        there.addAll(found.keySet());
        there.removeAll(missing);
        var anew = new HashMap<String, Uuid>();
        var back = new HashMap<String, Uuid>();
        found.forEach((topic, id) -> {
            if (!id.toString().equals(before.getOrDefault(topic, id.toString()))) {
                anew.put(topic, id);
            } else if (missing.contains(topic)) {
                back.put(topic, id);
            }
        });
        return new Look(anew, back);
    }

    /** What waited for these is among what is to be sent next. */
    void waitsNoMoreFor(Look look) {
        missing.removeAll(look.anew().keySet());
        missing.removeAll(look.back().keySet());
    }

    boolean isMissingSome() {
        return !missing.isEmpty();
    }

    boolean isMissing(String topic) {
        return missing.contains(topic);
    }

    /**
     * Remembers the topics before anything is sent to them, or passed over; those that it knows cost nothing.
     *
     * @param position up to which all has been sent
     */
    void remember(Connection session, Collection<String> topics, Position position) throws SQLException {
        var unknown = new HashSet<>(topics);
        unknown.removeAll(there);
        unknown.removeAll(missing);
        if (unknown.isEmpty()) {
            return;
        }
        var found = kafka.of(unknown);
        save(session, found);
        there.addAll(found.keySet());
        unknown.removeAll(there);
        for (var topic : unknown) {
            miss(session, topic, position);
        }
    }

    private void miss(Connection session, String topic, Position position) throws SQLException {
        LOG.errorf(
                "Kafka does not have the topic %s, or forbids to write to it: its events wait until it may be written to, "
                        + "and all others are sent",
                topic);
        try (var insert = session.prepareStatement(MISS)) {
            insert.setString(1, topic);
            insert.setString(2, position.prev());
            insert.setString(3, position.target());
            insert.setLong(4, position.lastSeq());
            insert.executeUpdate();
        }
        missing.add(topic);
    }

    /**
     * Asked by a relay that waits for Kafka: it would wait without end for a topic that is gone.
     *
     * @throws IllegalStateException if one is
     */
    void requireThere(Collection<String> topics) {
        Set<String> found;
        try {
            found = kafka.of(topics).keySet();
        } catch (RuntimeException brokerAway) {
            return; // it is waited for
        }
        if (!found.containsAll(topics)) {
            throw new IllegalStateException("a topic was deleted while events were on their way to it");
        }
    }

    static void save(Connection session, Map<String, Uuid> topics) throws SQLException {
        var sql = "INSERT INTO relay_topic (topic, topic_id) VALUES (?, ?) "
                + "ON CONFLICT (topic) DO UPDATE SET topic_id = EXCLUDED.topic_id";
        try (var insert = session.prepareStatement(sql)) {
            for (var topic : topics.entrySet()) {
                insert.setString(1, topic.getKey());
                insert.setString(2, topic.getValue().toString());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
