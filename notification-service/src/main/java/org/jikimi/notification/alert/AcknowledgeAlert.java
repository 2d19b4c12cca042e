package org.jikimi.notification.alert;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.time.Times;

/**
 * Somebody takes an alert on; it is not escalated any more. The planned escalation stays and finds nothing to do:
 * to take it off could wait for the one who carries it out, who waits for this.
 */
@ApplicationScoped
class AcknowledgeAlert {
    /** What came of it. */
    sealed interface Result {
        record Acknowledged(Alert alert) implements Result {}

        /** It was taken on or settled before. */
        record NotOpen(Alert alert) implements Result {}
    }

    private final Alerts alerts = new Alerts();
    private final Events events;
    private final Times times;

    AcknowledgeAlert(Events events, Times times) {
        this.events = events;
        this.times = times;
    }

    /** The alert, which nobody else changes until the transaction ends. */
    Optional<Alert> lock(Connection tx, UUID id) throws SQLException {
        var alert = alerts.find(tx, id);
        if (alert.isPresent()) {
            KeyLocks.lock(tx, List.of(alert.get().key().toString()));
        }
        return alerts.find(tx, id);
    }

    /** Expects a locked alert. */
    Result acknowledge(Connection tx, Alert alert, RecipientRole by) throws SQLException {
        if (!alert.isOpen()) {
            return new Result.NotOpen(alert);
        }
        var now = times.now();
        var acknowledged = alert.acknowledged(by.code(), now);
        alerts.update(tx, acknowledged);
        events.publish(tx, AlertEvents.acknowledged(acknowledged, by, now));
        return new Result.Acknowledged(acknowledged);
    }
}
