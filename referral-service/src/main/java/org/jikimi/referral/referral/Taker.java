package org.jikimi.referral.referral;

import java.time.Instant;
import java.util.UUID;
import org.jikimi.referral.agency.AgencyKind;
import org.jspecify.annotations.Nullable;

/**
 * The agency to whom a referral is offered, or who took it.
 *
 * @param acceptedAt null while it is only offered
 */
record Taker(
        UUID agencyId,
        AgencyKind kind,
        Instant offeredAt,
        Instant expiresAt,
        @Nullable Instant acceptedAt) {
    static Taker offered(UUID agencyId, AgencyKind kind, Instant at, Instant expiresAt) {
        return new Taker(agencyId, kind, at, expiresAt, null);
    }

    Taker accepting(Instant at) {
        return new Taker(agencyId, kind, offeredAt, expiresAt, at);
    }
}
