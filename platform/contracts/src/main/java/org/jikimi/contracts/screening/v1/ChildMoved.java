package org.jikimi.contracts.screening.v1;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A child's registered place changed: within the city, from one dong 행정동 to another.
 *
 * @param childId the child, a pseudonym
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state in the register. One of {@code RESIDENT}, {@code DECEASED}, {@code EMIGRATED}.
 * @param districtCode district 자치구 the child lives in now, five digits
 * @param dongCode dong 행정동 the child lives in now, ten digits
 * @param fromDistrictCode district 자치구 the child lived in, five digits
 * @param fromDongCode dong 행정동 the child lived in, ten digits
 * @param householdId the household the child lives in now, a pseudonym
 * @param openWork whether somebody works for the child, as far as the registry has heard
 * @param movedAt when the register told so
 */
public record ChildMoved(
        UUID childId,
        long version,
        String state,
        String districtCode,
        String dongCode,
        String fromDistrictCode,
        String fromDongCode,
        UUID householdId,
        boolean openWork,
        Instant movedAt) {
    public ChildMoved {
        Objects.requireNonNull(childId, "childId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(districtCode, "districtCode");
        Objects.requireNonNull(dongCode, "dongCode");
        Objects.requireNonNull(fromDistrictCode, "fromDistrictCode");
        Objects.requireNonNull(fromDongCode, "fromDongCode");
        Objects.requireNonNull(householdId, "householdId");
        Objects.requireNonNull(movedAt, "movedAt");
    }
}
