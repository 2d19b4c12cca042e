package org.jikimi.notification.alert;

import java.util.UUID;

/**
 * The event that called for an alert.
 *
 * @param eventId its CloudEvents id
 * @param eventType its name
 * @param correlationId the flag or report that began it all
 */
public record AlertCause(UUID eventId, String eventType, UUID correlationId) {}
