package org.jikimi.notification.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import org.jikimi.runtime.time.Times;

/** Plans the deliveries of a notice in the transaction that calls for it. */
@ApplicationScoped
public class PlanDeliveries {
    private final Deliveries deliveries = new Deliveries();
    private final DeliverySignal signal;
    private final Times times;

    public PlanDeliveries(DeliverySignal signal, Times times) {
        this.signal = signal;
        this.times = times;
    }

    /** The same notice is delivered once to each recipient, however often it is planned. */
    public void plan(Connection tx, Notice notice) throws SQLException {
        deliveries.plan(tx, notice, notice.mailbox(), times.now());
        signal.somethingIsPlanned();
    }
}
