package org.jikimi.referral.referral;

import org.jspecify.annotations.Nullable;

/** Body of {@code POST referrals/{id}/cancellation}: one of {@link CancelReason}. */
public record CancellationRequest(@Nullable String reason) {
    static final CancellationRequest EMPTY = new CancellationRequest(null);
}
