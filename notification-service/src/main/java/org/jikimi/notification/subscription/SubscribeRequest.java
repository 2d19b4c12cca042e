package org.jikimi.notification.subscription;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wish to be told.
 *
 * @param channel {@code EMAIL} for alerts or {@code WEBHOOK} for events
 * @param address e-mail address; needed for {@code EMAIL}
 * @param url https URL; needed for {@code WEBHOOK}
 * @param secret what the POSTs are signed with, {@code whsec_} and base64 of 24 to 64 bytes; needed for {@code WEBHOOK}
 * @param eventTypes names of events; absent or empty for all that the subscriber may hear
 * @param districts district codes; absent or empty for all of the subscriber's
 */
public record SubscribeRequest(
        @Nullable String channel,
        @Nullable String address,
        @Nullable String url,
        @Nullable String secret,
        @Nullable List<String> eventTypes,
        @Nullable List<String> districts) {

    static final SubscribeRequest EMPTY = new SubscribeRequest(null, null, null, null, null, null);

    /** Tells nothing: addresses and secrets belong in no log. */
    @Override
    public String toString() {
        return "a subscription by " + channel;
    }
}
