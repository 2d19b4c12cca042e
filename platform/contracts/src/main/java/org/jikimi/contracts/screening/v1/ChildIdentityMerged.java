package org.jikimi.contracts.screening.v1;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.MayBeAbsent;

/**
 * Two children proved to be one. The id of the other stays valid as an alias.
 *
 * @param childId the child that survives, a pseudonym
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state in the register. One of {@code RESIDENT}, {@code DECEASED}, {@code EMIGRATED}.
 * @param districtCode district 자치구 of the child that survives, five digits
 * @param mergedChildId the id that is an alias of the child from now on
 * @param mergedChildVersion version of that other child after this event: of all that is told of it, the highest
 *     stands
 * @param dongCode dong 행정동 of the child that survives, ten digits: open work of the other goes there
 * @param householdId household of the child that survives, a pseudonym
 * @param mergedDistrictCode district 자치구 that the other child lived in, five digits
 * @param mergedDongCode dong 행정동 that the other child lived in, ten digits
 * @param mergedAt when a person decided so
 */
public record ChildIdentityMerged(
        UUID childId,
        long version,
        String state,
        String districtCode,
        UUID mergedChildId,
        long mergedChildVersion,
        @MayBeAbsent String dongCode,
        @MayBeAbsent UUID householdId,
        @MayBeAbsent String mergedDistrictCode,
        @MayBeAbsent String mergedDongCode,
        Instant mergedAt) {
    public ChildIdentityMerged {
        Objects.requireNonNull(childId, "childId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(districtCode, "districtCode");
        Objects.requireNonNull(mergedChildId, "mergedChildId");
        Objects.requireNonNull(mergedAt, "mergedAt");
    }
}
