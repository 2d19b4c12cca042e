package org.jikimi.notification.alert;

import java.time.Instant;
import java.util.UUID;

/**
 * A child has died by the register: no visit needs to ask for it any more.
 *
 * @param kind kind of the alerts that are settled
 * @param childId id of which the register says it
 * @param at when it was told: what visits ask for later is not settled
 */
public record RegisteredDeath(AlertKind kind, UUID childId, Instant at) {}
