package org.jikimi.notification.alert;

import java.time.Instant;
import java.util.UUID;

/**
 * A child was seen, or found dead: no visit needs to ask for it any more, whichever it was that found it.
 *
 * @param kind kind of the alerts that are settled
 * @param childId id under which it was seen
 * @param at when: what visits ask for later is not settled
 */
public record Sighting(AlertKind kind, UUID childId, Instant at) {}
