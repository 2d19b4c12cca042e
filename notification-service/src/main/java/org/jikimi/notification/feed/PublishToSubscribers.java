package org.jikimi.notification.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.List;
import org.jikimi.notification.subscription.Channel;
import org.jikimi.notification.subscription.Subscription;
import org.jikimi.notification.subscription.Subscriptions;
import org.jikimi.runtime.event.Json;
import org.jikimi.runtime.time.Times;

/** Puts an event, cut down to what may leave, before every webhook that may and wants to hear it. */
@ApplicationScoped
public class PublishToSubscribers {
    private final Feeds feeds = new Feeds();
    private final Subscriptions subscriptions;
    private final FeedSignal signal;
    private final Times times;

    public PublishToSubscribers(Subscriptions subscriptions, FeedSignal signal, Times times) {
        this.subscriptions = subscriptions;
        this.signal = signal;
        this.times = times;
    }

    /** The same event is planned once for each subscriber, however often it comes. */
    public void publish(Connection tx, OutgoingEvent event) {
        publish(tx, List.of(event));
    }

    /** Plans many events, likewise, in the order given. */
    public void publish(Connection tx, List<OutgoingEvent> events) {
        var audience = subscriptions.audience(tx, Channel.WEBHOOK);
        for (var event : events) {
            var rule = FeedRules.all().get(event.type());
            if (rule == null) {
                continue;
            }
            var hearing = audience.of(event.type(), event.districtCode()).stream()
                    .filter(subscription -> mayHear(rule, subscription, event))
                    .map(Subscription::id)
                    .toList();
            if (!hearing.isEmpty()) {
                feeds.add(tx, event, outside(rule.fields(), event.payload()), hearing, times.now());
                signal.somethingIsPlanned();
            }
        }
    }

    private static boolean mayHear(FeedRule rule, Subscription subscription, OutgoingEvent event) {
        boolean byRole = subscription.roles().stream().anyMatch(rule.roles()::contains);
        boolean byAgency = event.agencyId() != null
                && event.agencyId().equals(subscription.agencyId())
                && subscription.roles().stream().anyMatch(rule.agencyRoles()::contains);
        return byRole || byAgency;
    }

    private static String outside(List<String> fields, byte[] payload) {
        var all = Json.read(payload, JsonNode.class);
        var some = JsonNodeFactory.instance.objectNode();
        for (var field : fields) {
            var value = all.get(field);
            if (value != null && value.isValueNode()) {
                some.set(field, value);
            }
        }
        return new String(Json.write(some), StandardCharsets.UTF_8);
    }
}
