package org.jikimi.notification.subscription;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A subscription as its owner sees it; address, URL and secret are not shown again. */
public record SubscriptionView(
        UUID id, Channel channel, List<String> eventTypes, List<String> districts, Instant createdAt) {
    static SubscriptionView of(Subscription subscription) {
        return new SubscriptionView(
                subscription.id(),
                subscription.channel(),
                subscription.eventTypes(),
                subscription.districts(),
                subscription.createdAt());
    }
}
