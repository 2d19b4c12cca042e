package org.jikimi.notification.delivery;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as its alert shows it.
 *
 * @param level escalation it belongs to, 0 for the alert itself
 * @param channel {@code EMAIL}
 * @param attempts how often it was tried
 * @param lastCode why it has not arrived, a code; null if it has or was not tried
 * @param sentAt when the recipient's server took it over; null before
 */
public record DeliveryView(
        UUID id,
        UUID alertId,
        int level,
        String channel,
        DeliveryState state,
        int attempts,
        @Nullable String lastCode,
        Instant plannedAt,
        @Nullable Instant sentAt) {}
