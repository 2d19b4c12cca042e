package org.jikimi.notification.alert;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.jikimi.notification.delivery.Notice;
import org.jikimi.notification.delivery.PlanDeliveries;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.outbox.OutboxEvent;
import org.jikimi.runtime.time.Times;

/** Raises alerts and sees that they reach somebody. The same draft raises its alert once. */
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
        boolean raised = raise(tx, List.of(prepare(draft, true))) == 1;
        deliveries.soon();
        return raised;
    }

    /**
     * An alert to be raised with others.
     *
     * @param aloud false for what was told before: the alert stands and escalates, and nobody is written to now
     */
    public Raising prepare(AlertDraft draft, boolean aloud) {
        var alert = Alert.raised(draft, times.now());
        return new Raising(
                alert,
                aloud,
                events.prepare(AlertEvents.raised(alert)),
                events.prepare(AlertEvents.closed(alert.closed(times.now()))));
    }

    /**
     * Raises them with a few statements for all, since a round plans hundreds of visits at once and an urgent alert may
     * stand behind them. One that had been raised before stays as it is.
     *
     * @return how many were raised
     */
    public int raise(Connection tx, Collection<Raising> raisings) throws SQLException {
        var once = new TreeMap<UUID, Raising>(); // in one order, lest replicas that raise the same wait for each other
        raisings.forEach(raising -> once.putIfAbsent(raising.alert().id(), raising));
        var fresh = alerts.insert(tx, alertsOf(once.values())).stream()
                .map(once::get)
                .toList();
        var settled = settlements.covering(tx, alertsOf(fresh));
        var told = new ArrayList<OutboxEvent>();
        var due = new LinkedHashMap<String, Instant>();
        for (var raising : fresh) {
            var alert = raising.alert();
            told.add(raising.raised());
            if (settled.contains(alert.id())) {
                alerts.update(tx, alert.closed(alert.raisedAt()));
                told.add(raising.closed());
            } else {
                due.put(alert.id().toString(), alert.actBy());
            }
        }
        events.send(tx, told);
        deliveries.plan(
                tx,
                fresh.stream()
                        .filter(Raising::aloud)
                        .map(raising -> notice(raising.alert()))
                        .toList());
        dueWork.plan(tx, EscalateAlert.KIND, due);
        return fresh.size();
    }

    /** Told after the transaction of alerts has been committed, so that they leave at once. */
    public void committed() {
        deliveries.committed();
    }

    private static List<Alert> alertsOf(Collection<Raising> raisings) {
        return raisings.stream().map(Raising::alert).toList();
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
