package org.jikimi.referral.referral;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An offer as it was made and answered.
 *
 * @param answer null while it is open
 */
record Offer(
        UUID referralId,
        int round,
        UUID agencyId,
        Instant offeredAt,
        Instant expiresAt,
        @Nullable OfferAnswer answer,
        @Nullable RefusalReason reason,
        @Nullable Instant answeredAt) {
    /** Whether the agency may be offered the same referral again, once places have become free. */
    boolean mayBeRepeated() {
        return answer == OfferAnswer.EXPIRED || reason == RefusalReason.NO_CAPACITY;
    }
}
