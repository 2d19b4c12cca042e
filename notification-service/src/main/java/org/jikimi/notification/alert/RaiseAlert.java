package org.jikimi.notification.alert;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import org.jikimi.notification.delivery.Notice;
import org.jikimi.notification.delivery.PlanDeliveries;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.time.Times;

/** Raises an alert and sees that it reaches somebody. The same draft raises it once. */
@ApplicationScoped
public class RaiseAlert {
    private final Alerts alerts = new Alerts();
    private final Settlements settlements = new Settlements();
    private final PlanDeliveries deliveries;
    private final Events events;
    private final DueWork dueWork;
    private final Times times;

    public RaiseAlert(PlanDeliveries deliveries, Events events, DueWork dueWork, Times times) {
        this.deliveries = deliveries;
        this.events = events;
        this.dueWork = dueWork;
        this.times = times;
    }

    /**
     * Raises it and tells those who must act.
     *
     * @return false if the alert had been raised before, in which case nothing changes
     */
    public boolean raise(Connection tx, AlertDraft draft) throws SQLException {
        return raise(tx, draft, true);
    }

    /**
     * Raises it.
     *
     * @param aloud false for what was told before: the alert stands and escalates, and nobody is written to now
     * @return false if the alert had been raised before, in which case nothing changes
     */
    public boolean raise(Connection tx, AlertDraft draft, boolean aloud) throws SQLException {
        var alert = Alert.raised(draft, times.now());
        if (!alerts.insert(tx, alert)) {
            return false;
        }
        events.publish(tx, AlertEvents.raised(alert));
        if (aloud) {
            deliveries.plan(tx, notice(alert));
        }
        if (settlements.covers(tx, alert)) {
            var closed = alert.closed(times.now());
            alerts.update(tx, closed);
            events.publish(tx, AlertEvents.closed(closed));
        } else {
            dueWork.plan(tx, EscalateAlert.KIND, alert.id().toString(), alert.actBy());
        }
        return true;
    }

    static Notice notice(Alert alert) {
        var addressee = alert.currentAddressee();
        return new Notice(
                alert.id(),
                alert.level(),
                addressee.role().code(),
                addressee.districtCode(),
                addressee.agencyId(),
                alert.cause().eventType(),
                alert.cause().correlationId(),
                alert.severity().priority(),
                AlertText.subject(alert),
                AlertText.body(alert));
    }
}
