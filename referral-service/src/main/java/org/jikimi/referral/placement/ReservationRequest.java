package org.jikimi.referral.placement;

import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST placements/{id}/reservation}.
 *
 * @param agencyId for a child who waits: the shelter, which a supervisor names; absent for a bed that is held
 */
public record ReservationRequest(@Nullable String agencyId) {
    static final ReservationRequest EMPTY = new ReservationRequest(null);
}
