package org.jikimi.notification.alert;

import java.time.Instant;
import java.util.UUID;

/**
 * A child moved from one district to another.
 *
 * @param eventId event that told of it
 * @param version of the child, which rises with every move
 * @param movedAt when the register told so
 */
public record Move(UUID eventId, UUID childId, long version, String from, String to, Instant movedAt) {}
