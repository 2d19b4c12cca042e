package org.jikimi.contracts.cases.v1;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.MayBeAbsent;

/**
 * Nobody knows where a child is 소재불명; an owner and a clock stay open until the child is seen.
 *
 * @param visitId the visit that failed to find the child
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state. One of {@code OPEN}, {@code POLICE_REQUESTED}, {@code LOCATED}, {@code CLOSED}.
 * @param childId the child, a pseudonym
 * @param districtCode district 자치구, five digits
 * @param checkId the whereabouts check
 * @param flagId the flag; absent for a child who was not flagged
 * @param since since when
 * @param dueAt when the police must be asked
 * @param result what the police answered last, or a visit by which the search ended. One of {@code LOCATED},
 *     {@code NOT_FOUND}, {@code ABROAD}, {@code DECEASED}.
 * @param answeredAt when they did
 */
public record ChildUnlocated(
        UUID visitId,
        long version,
        String state,
        UUID childId,
        String districtCode,
        UUID checkId,
        @MayBeAbsent UUID flagId,
        Instant since,
        Instant dueAt,
        @MayBeAbsent String result,
        @MayBeAbsent Instant answeredAt) {
    public ChildUnlocated {
        Objects.requireNonNull(visitId, "visitId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(childId, "childId");
        Objects.requireNonNull(districtCode, "districtCode");
        Objects.requireNonNull(checkId, "checkId");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(dueAt, "dueAt");
    }
}
