package org.jikimi.contracts.referral.v1;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * referral-service has erased what it kept of a child: the acknowledgement of {@code ChildErased}.
 *
 * @param childId the child, a pseudonym
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state. One of {@code ERASED}.
 * @param erasedAt when this service had erased what it kept of the child
 */
public record ReferralDataErased(UUID childId, long version, String state, Instant erasedAt) {
    public ReferralDataErased {
        Objects.requireNonNull(childId, "childId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(erasedAt, "erasedAt");
    }
}
