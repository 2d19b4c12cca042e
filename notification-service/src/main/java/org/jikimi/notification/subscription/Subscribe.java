package org.jikimi.notification.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jikimi.contracts.EventType;
import org.jikimi.contracts.EventTypes;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.rest.Problem;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.security.Caller;
import org.jspecify.annotations.Nullable;

/** Takes on a subscriber, within the subscriber's own roles, districts and agency. */
@ApplicationScoped
class Subscribe {
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}");
    private static final String SECRET_PREFIX = "whsec_";

    private final Subscriptions subscriptions;
    private final WebhookTarget targets;

    Subscribe(
            Subscriptions subscriptions,
            @ConfigProperty(name = "jikimi.webhook.loopback-allowed", defaultValue = "false") boolean loopbackAllowed) {
        this.subscriptions = subscriptions;
        this.targets = new WebhookTarget(loopbackAllowed);
    }

    /** Subscribes. Expects a request for which there is no {@link #refusal}. */
    Subscription subscribe(Connection tx, Caller caller, SubscribeRequest request, Instant now) {
        var channel = Channel.valueOf(Objects.requireNonNull(request.channel()));
        var districts = orNone(request.districts());
        var subscription = new Subscription(
                EventIds.next(),
                caller.principal(),
                caller.roles(),
                caller.agencyId(),
                channel,
                orNone(request.eventTypes()),
                districts.isEmpty() ? caller.districts().stream().sorted().toList() : districts,
                now);
        var target = Objects.requireNonNull(channel == Channel.EMAIL ? request.address() : request.url());
        subscriptions.insert(tx, subscription, target, channel == Channel.EMAIL ? null : request.secret());
        return subscription;
    }

    /** Why the caller may not subscribe so: 403 for another district, 422 for what is not allowed. */
    Optional<Problem> refusal(Caller caller, SubscribeRequest request) {
        return Optional.ofNullable(check(caller, request));
    }

    private @Nullable Problem check(Caller caller, SubscribeRequest request) {
        var channel = request.channel();
        if (channel == null || !(channel.equals("EMAIL") || channel.equals("WEBHOOK"))) {
            return invalid("channel");
        }
        if (channel.equals("EMAIL") && !isAddress(request.address())) {
            return invalid("address");
        }
        if (channel.equals("WEBHOOK") && !isTarget(request.url())) {
            return invalid("url");
        }
        if (channel.equals("WEBHOOK") && !isSecret(request.secret())) {
            return invalid("secret");
        }
        var known = EventTypes.all().stream().map(EventType::topic).collect(Collectors.toSet());
        for (@Nullable String type : orNone(request.eventTypes())) {
            if (type == null || !known.contains(type)) {
                return invalid("eventTypes");
            }
        }
        for (@Nullable String district : orNone(request.districts())) {
            if (district == null) {
                return invalid("districts");
            }
            if (!caller.covers(district)) {
                return Problems.OTHER_DISTRICT;
            }
        }
        return null;
    }

    private static boolean isAddress(@Nullable String address) {
        return address != null && ADDRESS.matcher(address).matches();
    }

    private boolean isTarget(@Nullable String url) {
        return url != null && url.length() <= 2000 && targets.parse(url).isPresent();
    }

    private static boolean isSecret(@Nullable String secret) {
        if (secret == null || !secret.startsWith(SECRET_PREFIX)) {
            return false;
        }
        try {
            int bytes = Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length())).length;
            return bytes >= 24 && bytes <= 64;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static List<String> orNone(@Nullable List<String> values) {
        return values == null ? List.of() : values;
    }

    private static Problem invalid(String field) {
        return Problems.INVALID_FIELD.with("field", field);
    }
}
