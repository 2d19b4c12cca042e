package org.jikimi.notification.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Shows what became of the deliveries of alerts. */
@ApplicationScoped
public class ShowDeliveries {
    private final Deliveries deliveries = new Deliveries();

    /** By alert; an alert without deliveries is not in it. */
    public Map<UUID, List<DeliveryView>> ofAlerts(Connection tx, Collection<UUID> alertIds) {
        return deliveries.ofAlerts(tx, alertIds).stream().collect(Collectors.groupingBy(DeliveryView::alertId));
    }
}
