package org.jikimi.contracts.referral.v1;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.MayBeAbsent;

/**
 * No bed was found for a child; the child goes another way and a supervisor must act.
 *
 * @param placementId the placement
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state. One of {@code HELD}, {@code RESERVED}, {@code ADMITTED}, {@code DISCHARGED},
 *     {@code UNPLACED}.
 * @param childId the child, a pseudonym
 * @param districtCode district 자치구, five digits
 * @param measureId the measure it serves
 * @param fallback where the child goes instead. One of {@code EMERGENCY_FOSTER_CARE}, {@code HOSPITAL},
 *     {@code NEIGHBOURING_DISTRICT}, {@code NONE_YET}.
 * @param siblingIds siblings who need a place too, pseudonyms
 * @param sinceAt since when no bed was found
 */
public record PlacementUnavailable(
        UUID placementId,
        long version,
        String state,
        UUID childId,
        String districtCode,
        @MayBeAbsent UUID measureId,
        String fallback,
        List<UUID> siblingIds,
        Instant sinceAt) {
    public PlacementUnavailable {
        Objects.requireNonNull(placementId, "placementId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(childId, "childId");
        Objects.requireNonNull(districtCode, "districtCode");
        Objects.requireNonNull(fallback, "fallback");
        siblingIds = List.copyOf(siblingIds);
        Objects.requireNonNull(sinceAt, "sinceAt");
    }
}
