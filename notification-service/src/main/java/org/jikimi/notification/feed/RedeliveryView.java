package org.jikimi.notification.feed;

import java.time.Instant;
import java.util.UUID;

/**
 * What is sent again.
 *
 * @param events how many events
 */
public record RedeliveryView(UUID subscriptionId, Instant from, int events) {}
