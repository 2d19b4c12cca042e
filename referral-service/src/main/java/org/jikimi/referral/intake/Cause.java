package org.jikimi.referral.intake;

import java.util.UUID;
import org.jikimi.runtime.inbox.ReceivedEvent;

/**
 * What something follows from.
 *
 * @param eventId the event
 * @param correlationId the flag or report that began it all
 */
record Cause(UUID eventId, UUID correlationId) {
    /** @param begin what begins the story of an event that carries no correlation */
    static Cause of(ReceivedEvent event, UUID begin) {
        var header = event.headers().get("ce_correlationid");
        try {
            return new Cause(event.id(), header == null ? begin : UUID.fromString(header));
        } catch (IllegalArgumentException malformed) {
            return new Cause(event.id(), begin);
        }
    }
}
