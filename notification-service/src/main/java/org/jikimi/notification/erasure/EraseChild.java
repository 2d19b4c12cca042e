package org.jikimi.notification.erasure;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.erasure.ForgetSubjects;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.time.Times;

/**
 * Erases 파기 alerts about a child, what was mailed of them and what was kept for subscribers, and acknowledges it. An alert that
 * names no child goes with the story that it belongs to, unless that is another child's too.
 */
@ApplicationScoped
public class EraseChild {
    static final List<String> ALERTS = List.of("""
            DELETE FROM alert a WHERE child_id IS NULL
                AND correlation_id IN (SELECT correlation_id FROM alert WHERE child_id = ANY (:ids))
                AND NOT EXISTS (SELECT 1 FROM alert o WHERE o.correlation_id = a.correlation_id
                                AND o.child_id <> ALL (:ids))
            RETURNING id""", "DELETE FROM alert WHERE child_id = ANY (:ids) RETURNING id");

    static final String DELIVERIES = "DELETE FROM delivery WHERE alert_id = ANY (:alerts)";

    /** Visits to nobody else. */
    private static final String THEIR_VISITS = """
            SELECT visit_id FROM visit_child v WHERE child_id = ANY (:ids) AND NOT EXISTS (
                SELECT 1 FROM visit_child o WHERE o.visit_id = v.visit_id AND o.child_id <> ALL (:ids))""";

    static final List<String> STEPS = List.of(
            "DELETE FROM settlement WHERE subject_id = ANY (:ids) OR party = ANY (:ids)",
            "DELETE FROM feed_delivery WHERE event_id IN (SELECT id FROM feed_event WHERE child_id = ANY (:ids))",
            "DELETE FROM feed_event WHERE child_id = ANY (:ids)",
            // The release before remembered alerts that were handed over as settled, under the move that took them
            // along.
            "DELETE FROM settlement WHERE party IN (SELECT event_id FROM child_move WHERE child_id = ANY (:ids))",
            "DELETE FROM child_move WHERE child_id = ANY (:ids) OR survivor_id = ANY (:ids)",
            "DELETE FROM settlement WHERE subject_id IN (" + THEIR_VISITS + ")",
            "DELETE FROM visit_place WHERE visit_id IN (" + THEIR_VISITS + ")",
            "DELETE FROM visit_child WHERE child_id = ANY (:ids)");

    private final Events events;
    private final ForgetSubjects forget;
    private final Times times;

    public EraseChild(Events events, ForgetSubjects forget, Times times) {
        this.events = events;
        this.forget = forget;
        this.times = times;
    }

    /** Whether the key of an event is a child that was erased. */
    public boolean isErased(Connection tx, String key) throws SQLException {
        return forget.isForgotten(tx, key);
    }

    /** Erases the child and its aliases. Repeating it is harmless. */
    public void erase(Connection tx, UUID child, List<UUID> aliases) throws SQLException {
        var ids = Stream.concat(Stream.of(child), aliases.stream()).toList();
        KeyLocks.lock(tx, ids.stream().map(UUID::toString).toList());
        for (var alerts : ALERTS) {
            var gone = Sql.on(tx)
                    .createQuery(alerts)
                    .bindArray("ids", UUID.class, ids.toArray())
                    .mapTo(UUID.class)
                    .list();
            Sql.on(tx)
                    .createUpdate(DELIVERIES)
                    .bindArray("alerts", UUID.class, gone.toArray())
                    .execute();
        }
        for (var step : STEPS) {
            Sql.on(tx)
                    .createUpdate(step)
                    .bindArray("ids", UUID.class, ids.toArray())
                    .execute();
        }
        var now = times.now();
        forget.forget(tx, ids, ids.stream().map(id -> "child:" + id).toList(), now);
        events.publish(tx, List.of(ErasureEvents.acknowledged(child, now)));
    }
}
