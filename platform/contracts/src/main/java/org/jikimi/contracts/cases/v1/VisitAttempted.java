package org.jikimi.contracts.cases.v1;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.MayBeAbsent;

/**
 * Somebody went to the door and did not see the child; one event per child of the household.
 *
 * @param visitId the visit
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state. One of {@code PLANNED}, {@code ATTEMPTED}, {@code COMPLETED}, {@code CLOSED}.
 * @param childId the child, a pseudonym
 * @param districtCode district 자치구, five digits
 * @param householdId the household, a pseudonym
 * @param flagId the flag; absent for a sibling who was not flagged
 * @param attempt which attempt, from 1
 * @param result result. One of {@code NO_ANSWER}, {@code REFUSED}, {@code MOVED}, {@code ABROAD},
 *     {@code ADDRESS_WRONG}, {@code NOT_FOUND}.
 * @param refusals refusals so far; the second asks for a joint visit within 72 hours
 * @param attemptedAt when
 */
public record VisitAttempted(
        UUID visitId,
        long version,
        String state,
        UUID childId,
        String districtCode,
        UUID householdId,
        @MayBeAbsent UUID flagId,
        int attempt,
        String result,
        int refusals,
        Instant attemptedAt) {
    public VisitAttempted {
        Objects.requireNonNull(visitId, "visitId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(childId, "childId");
        Objects.requireNonNull(districtCode, "districtCode");
        Objects.requireNonNull(householdId, "householdId");
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(attemptedAt, "attemptedAt");
    }
}
