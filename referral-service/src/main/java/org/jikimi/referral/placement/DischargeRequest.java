package org.jikimi.referral.placement;

import org.jspecify.annotations.Nullable;

/** Body of {@code POST placements/{id}/discharge}: one of {@link EndReason}. */
public record DischargeRequest(@Nullable String reason) {
    static final DischargeRequest EMPTY = new DischargeRequest(null);
}
