package org.jikimi.contracts.referral.v1;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.MayBeAbsent;

/**
 * A child left its bed in a shelter 쉼터, or needs none any more 퇴소.
 *
 * @param placementId the placement
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state. One of {@code HELD}, {@code RESERVED}, {@code ADMITTED}, {@code DISCHARGED},
 *     {@code UNPLACED}.
 * @param childId the child, a pseudonym
 * @param districtCode district 자치구, five digits
 * @param measureId the measure it served
 * @param reason why. One of {@code RETURNED_HOME}, {@code KINSHIP_CARE}, {@code FOSTER_CARE}, {@code FACILITY},
 *     {@code HOSPITAL}, {@code OTHER_SHELTER}, {@code NOT_NEEDED}.
 * @param endedAt when
 */
public record PlacementEnded(
        UUID placementId,
        long version,
        String state,
        UUID childId,
        String districtCode,
        @MayBeAbsent UUID measureId,
        String reason,
        Instant endedAt) {
    public PlacementEnded {
        Objects.requireNonNull(placementId, "placementId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(childId, "childId");
        Objects.requireNonNull(districtCode, "districtCode");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(endedAt, "endedAt");
    }
}
