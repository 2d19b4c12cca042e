package org.jikimi.contracts.cases.v1;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.MayBeAbsent;

/**
 * A household visit was planned; one event per child of the household.
 *
 * @param visitId the visit
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state. One of {@code PLANNED}, {@code ATTEMPTED}, {@code COMPLETED}, {@code CLOSED}.
 * @param childId the child, a pseudonym
 * @param districtCode district 자치구, five digits
 * @param dongCode dong 행정동, ten digits
 * @param householdId the household, a pseudonym
 * @param flagId the flag that led to it; absent for a sibling who was not flagged
 * @param kind who goes. One of {@code DONG_OFFICER}, {@code JOINT_WITH_POLICE}.
 * @param urgent whether it is urgent
 * @param dueOn last day of the visit
 * @param plannedAt when it was planned
 */
public record VisitPlanned(
        UUID visitId,
        long version,
        String state,
        UUID childId,
        String districtCode,
        String dongCode,
        UUID householdId,
        @MayBeAbsent UUID flagId,
        String kind,
        boolean urgent,
        LocalDate dueOn,
        Instant plannedAt) {
    public VisitPlanned {
        Objects.requireNonNull(visitId, "visitId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(childId, "childId");
        Objects.requireNonNull(districtCode, "districtCode");
        Objects.requireNonNull(dongCode, "dongCode");
        Objects.requireNonNull(householdId, "householdId");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(dueOn, "dueOn");
        Objects.requireNonNull(plannedAt, "plannedAt");
    }
}
