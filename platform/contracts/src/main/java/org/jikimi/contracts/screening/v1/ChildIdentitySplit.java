package org.jikimi.contracts.screening.v1;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.MayBeAbsent;

/**
 * A child was wrongly taken for another. The id that was an alias is a child of its own again.
 *
 * @param childId the child that survives, a pseudonym
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state in the register. One of {@code RESIDENT}, {@code DECEASED}, {@code EMIGRATED}.
 * @param districtCode district 자치구 of the child that survives, five digits
 * @param splitChildId the id that is a child of its own again
 * @param splitChildVersion version of that other child after this event: of all that is told of it, the highest
 *     stands
 * @param dongCode dong 행정동 of the child that survives, ten digits
 * @param splitHouseholdId household of that other child, a pseudonym
 * @param splitDistrictCode district 자치구 of that other child, five digits: its open work goes back there
 * @param splitDongCode dong 행정동 of that other child, ten digits
 * @param splitAt when a person decided so
 */
public record ChildIdentitySplit(
        UUID childId,
        long version,
        String state,
        String districtCode,
        UUID splitChildId,
        long splitChildVersion,
        @MayBeAbsent String dongCode,
        @MayBeAbsent UUID splitHouseholdId,
        @MayBeAbsent String splitDistrictCode,
        @MayBeAbsent String splitDongCode,
        Instant splitAt) {
    public ChildIdentitySplit {
        Objects.requireNonNull(childId, "childId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(districtCode, "districtCode");
        Objects.requireNonNull(splitChildId, "splitChildId");
        Objects.requireNonNull(splitAt, "splitAt");
    }
}
