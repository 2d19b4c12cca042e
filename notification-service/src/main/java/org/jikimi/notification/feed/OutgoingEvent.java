package org.jikimi.notification.feed;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that may concern subscribers.
 *
 * @param id its CloudEvents id
 * @param type its name
 * @param districtCode its district; null for the whole city
 * @param agencyId the agency it names; null for none
 * @param childId the child; null where no child is meant
 * @param happenedAt when it happened
 * @param payload its data as JSON, as Kafka gave it
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record OutgoingEvent(
        UUID id,
        String type,
        @Nullable String districtCode,
        @Nullable UUID agencyId,
        @Nullable UUID childId,
        Instant happenedAt,
        byte[] payload) {}
