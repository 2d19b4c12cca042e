package org.jikimi.referral.referral;

import org.jspecify.annotations.Nullable;

/** Body of {@code POST referrals/{id}/refusal}: one of {@link RefusalReason}. */
public record RefusalRequest(@Nullable String reason) {
    static final RefusalRequest EMPTY = new RefusalRequest(null);
}
