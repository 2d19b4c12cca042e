package org.jikimi.local;

import java.util.List;

/** What Kafka still holds of the events that a service has sent. */
interface SentEvents {
    /**
     * The events of a service whose {@code ce_sequence} is at least a number, each once, by its first arrival; those of
     * a topic and key in the order in which they arrived.
     */
    List<Reconciliation.Sent> sentBy(Service source, long from);

    /** The announcement of the furthest mark that the service's relay has made; 0 before the first. */
    long announcedBy(Service source);
}
