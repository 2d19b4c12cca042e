package org.jikimi.notification.subscription;

import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who of a channel wants which events: asked once a transaction for each type and district, however many events come. */
public final class Audience {
    private final Subscriptions subscriptions;
    private final Connection tx;
    private final Channel channel;
    private final Map<Wish, List<Subscription>> known = new HashMap<>();

    Audience(Subscriptions subscriptions, Connection tx, Channel channel) {
        this.subscriptions = subscriptions;
        this.tx = tx;
        this.channel = channel;
    }

    private record Wish(String eventType, @Nullable String districtCode) {}

    /** Those who want such an event, as far as type and district tell; whether they may, others decide. */
    public List<Subscription> of(String eventType, @Nullable String districtCode) {
        return known.computeIfAbsent(
                new Wish(eventType, districtCode),
                wish -> subscriptions.wanting(tx, channel, wish.eventType(), wish.districtCode()));
    }
}
