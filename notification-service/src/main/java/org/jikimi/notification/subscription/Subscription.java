package org.jikimi.notification.subscription;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to be told of what. Where to is kept apart, encrypted.
 *
 * @param principal who subscribed
 * @param roles the subscriber's roles, which bound what is told
 * @param agencyId the subscriber's agency; null for city staff
 * @param eventTypes names of events; empty for all that the roles may hear
 * @param districts district codes 자치구, within the subscriber's own
 */
public record Subscription(
        UUID id,
        String principal,
        Set<String> roles,
        @Nullable UUID agencyId,
        Channel channel,
        List<String> eventTypes,
        List<String> districts,
        Instant createdAt) {
    public Subscription {
        roles = Set.copyOf(roles);
        eventTypes = List.copyOf(eventTypes);
        districts = List.copyOf(districts);
    }
}
