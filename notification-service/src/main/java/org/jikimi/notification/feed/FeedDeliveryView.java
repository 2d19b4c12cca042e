package org.jikimi.notification.feed;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to a webhook.
 *
 * @param seq its place in the feed; rises
 * @param state {@code PENDING} or {@code SENT}
 * @param lastCode why it has not arrived, such as {@code HTTP_500}; null if it has or was not tried
 */
public record FeedDeliveryView(
        UUID eventId,
        String type,
        long seq,
        String state,
        int attempts,
        @Nullable String lastCode,
        Instant happenedAt,
        @Nullable Instant sentAt) {}
