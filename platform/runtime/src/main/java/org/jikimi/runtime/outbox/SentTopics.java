package org.jikimi.runtime.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.jikimi.runtime.event.TopicIds;

/** The topics that a relay has sent to, by the ids that they had then: one that was made anew has lost what was sent. */
final class SentTopics {
    private final TopicIds kafka;
    private final Set<String> known = new HashSet<>();

    SentTopics(TopicIds kafka) {
        this.kafka = kafka;
    }

    /** Topics that are not those any more to which events were sent; a topic that is missing now is not yet one. */
    Map<String, Uuid> madeAnew(Connection session) throws SQLException {
        var before = new HashMap<String, String>();
        try (var select = session.createStatement();
                var rows = select.executeQuery("SELECT topic, topic_id FROM relay_topic")) {
            while (rows.next()) {
                before.put(rows.getString(1), rows.getString(2));
            }
        }
        known.addAll(before.keySet());
        var anew = new HashMap<String, Uuid>(kafka.of(before.keySet()));
        anew.entrySet().removeIf(topic -> topic.getValue().toString().equals(before.get(topic.getKey())));
        return anew;
    }

    /** Remembers the topics before anything is sent to them; those that it knows cost nothing. */
    void remember(Connection session, Collection<String> topics) throws SQLException {
        var unknown = new HashSet<>(topics);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            save(session, kafka.of(unknown));
            known.addAll(unknown);
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
