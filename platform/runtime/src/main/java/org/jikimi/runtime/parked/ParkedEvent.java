package org.jikimi.runtime.parked;

import java.time.Instant;
import java.util.UUID;
import org.jikimi.runtime.inbox.ParkReason;

/**
 * An event that waits in the inbox, without its content.
 *
 * @param key whom it is about, a pseudonym
 * @param type the event's type, as its topic names it
 * @param code why it waits, such as {@code UNKNOWN_CODE}
 * @param attempts how often it was tried, from 1
 */
public record ParkedEvent(
        UUID id, String key, String type, ParkReason reason, String code, int attempts, Instant parkedAt) {}
