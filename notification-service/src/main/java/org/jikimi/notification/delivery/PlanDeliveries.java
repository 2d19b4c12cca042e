package org.jikimi.notification.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import org.jikimi.notification.subscription.Channel;
import org.jikimi.notification.subscription.Subscription;
import org.jikimi.notification.subscription.Subscriptions;
import org.jikimi.runtime.time.Times;

/** Plans the deliveries of a notice in the transaction that calls for it. */
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
        deliveries.toMailbox(tx, notice, times.now());
        for (var wanting : subscriptions.wanting(tx, Channel.EMAIL, notice.eventType(), notice.districtCode())) {
            if (isMeantFor(notice, wanting)) {
                deliveries.toSubscriber(tx, notice, wanting.id(), times.now());
            }
        }
        signal.somethingIsPlanned();
    }

    private static boolean isMeantFor(Notice notice, Subscription subscription) {
        return subscription.roles().contains(notice.role())
                && (notice.agencyId() == null || notice.agencyId().equals(subscription.agencyId()));
    }
}
