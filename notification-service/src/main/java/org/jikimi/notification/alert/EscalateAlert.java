package org.jikimi.notification.alert;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jikimi.notification.delivery.PlanDeliveries;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.due.DueHandler;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.event.Events;

/** Takes an alert that nobody acknowledged in time to the supervisor of the district, and then to the city's. */
@ApplicationScoped
class EscalateAlert implements DueHandler {
    static final String KIND = "alert.escalate";

    private final Alerts alerts = new Alerts();
    private final PlanDeliveries deliveries;
    private final Events events;
    private final DueWork dueWork;

    EscalateAlert(PlanDeliveries deliveries, Events events, DueWork dueWork) {
        this.deliveries = deliveries;
        this.events = events;
        this.dueWork = dueWork;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void handle(Connection tx, String subject, Instant dueAt, Instant now) throws SQLException {
        var id = UUID.fromString(subject);
        var unlocked = alerts.find(tx, id);
        if (unlocked.isEmpty()) {
            return;
        }
        KeyLocks.lock(tx, List.of(unlocked.get().key().toString()));
        var alert = alerts.find(tx, id).orElseThrow();
        if (!alert.isOverdue(now)) {
            return;
        }
        var escalated = alert.escalated(now);
        alerts.update(tx, escalated);
        events.publish(tx, AlertEvents.escalated(escalated, now));
        deliveries.plan(tx, RaiseAlert.notice(escalated));
        if (escalated.level() < Alert.HIGHEST_LEVEL) {
            dueWork.plan(tx, KIND, subject, escalated.actBy());
        }
    }
}
