package org.jikimi.contracts.referral.v1;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.MayBeAbsent;

/**
 * A bed in a shelter 쉼터 was reserved; where the shelter lies and how full it is never stands in an event.
 *
 * @param placementId the placement
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state. One of {@code HELD}, {@code RESERVED}, {@code ADMITTED}, {@code DISCHARGED},
 *     {@code UNPLACED}.
 * @param childId the child, a pseudonym
 * @param districtCode district 자치구, five digits
 * @param measureId the measure it serves
 * @param agencyId the shelter; stays inside the platform
 * @param siblingsTogether whether the siblings stay together; true for a child alone
 * @param splitReason why siblings were split; absent if together
 * @param reservedAt when
 */
public record PlacementReserved(
        UUID placementId,
        long version,
        String state,
        UUID childId,
        String districtCode,
        @MayBeAbsent UUID measureId,
        UUID agencyId,
        boolean siblingsTogether,
        @MayBeAbsent String splitReason,
        Instant reservedAt) {
    public PlacementReserved {
        Objects.requireNonNull(placementId, "placementId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(childId, "childId");
        Objects.requireNonNull(districtCode, "districtCode");
        Objects.requireNonNull(agencyId, "agencyId");
        Objects.requireNonNull(reservedAt, "reservedAt");
    }
}
