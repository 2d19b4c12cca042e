package org.jikimi.local;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What Kafka still holds of the events that a service has sent. */
@FunctionalInterface
interface SentEvents {
    /** The events of a service whose {@code ce_sequence} is among the numbers, each once, by id. */
    Map<UUID, Reconciliation.Event> sentBy(Service source, List<Reconciliation.Numbers> wanted);
}
