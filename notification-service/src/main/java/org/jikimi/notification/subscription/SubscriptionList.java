package org.jikimi.notification.subscription;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The caller's subscriptions, oldest first.
 *
 * @param next always null: they fit on one page
 */
public record SubscriptionList(
        List<SubscriptionView> items, @Nullable String next) {
    public SubscriptionList {
        items = List.copyOf(items);
    }
}
