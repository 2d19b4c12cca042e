package org.jikimi.notification.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jikimi.notification.subscription.Channel;
import org.jikimi.notification.subscription.Subscription;
import org.jikimi.notification.subscription.Subscriptions;
import org.jikimi.runtime.time.Times;

/** Plans the deliveries of notices in the transaction that calls for them. */
@ApplicationScoped
public class PlanDeliveries {
    private final Deliveries deliveries = new Deliveries();
    private final Subscriptions subscriptions;
    private final DeliverySignal signal;
    private final Times times;

    public PlanDeliveries(Subscriptions subscriptions, DeliverySignal signal, Times times) {
        this.subscriptions = subscriptions;
        this.signal = signal;
        this.times = times;
    }

    /** The same notice is delivered once to each recipient, however often it is planned. */
    public void plan(Connection tx, Notice notice) throws SQLException {
        plan(tx, List.of(notice));
        soon();
    }

    /** Plans the deliveries of many notices at once, likewise; they leave once {@link #committed} is called. */
    public void plan(Connection tx, List<Notice> notices) throws SQLException {
        var planned = new ArrayList<PlannedMail>();
        var audience = subscriptions.audience(tx, Channel.EMAIL);
        for (var notice : notices) {
            planned.add(PlannedMail.toMailbox(notice));
            audience.of(notice.eventType(), notice.districtCode()).stream()
                    .filter(subscription -> isMeantFor(notice, subscription))
                    .forEach(subscription -> planned.add(PlannedMail.toSubscriber(notice, subscription.id())));
        }
        deliveries.add(tx, planned, times.now());
    }

    /** Has the workers look out for what a transaction of this process is about to commit. */
    public void soon() {
        signal.somethingIsPlanned();
    }

    /** Has the workers look at once. */
    public void committed() {
        signal.somethingIsCommitted();
    }

    private static boolean isMeantFor(Notice notice, Subscription subscription) {
        return subscription.roles().contains(notice.role())
                && (notice.agencyId() == null || notice.agencyId().equals(subscription.agencyId()));
    }
}
