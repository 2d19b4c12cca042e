package org.jikimi.contracts.cases.v1;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.MayBeAbsent;

/**
 * A case file 사례 went from one state to the next.
 *
 * @param caseId the case file
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state. One of {@code OPEN}, {@code ASSESSMENT}, {@code PLANNED}, {@code IN_SERVICE},
 *     {@code FOLLOW_UP}, {@code CLOSED}, {@code MANAGEMENT_REFUSED}.
 * @param childId the child, a pseudonym
 * @param districtCode district 자치구, five digits
 * @param previousState state before. One of {@code OPEN}, {@code ASSESSMENT}, {@code PLANNED}, {@code IN_SERVICE},
 *     {@code FOLLOW_UP}, {@code CLOSED}, {@code MANAGEMENT_REFUSED}.
 * @param agencyId the child protection agency that holds it; absent before one does
 * @param changedAt when
 */
public record CaseStatusChanged(
        UUID caseId,
        long version,
        String state,
        UUID childId,
        String districtCode,
        String previousState,
        @MayBeAbsent UUID agencyId,
        Instant changedAt) {
    public CaseStatusChanged {
        Objects.requireNonNull(caseId, "caseId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(childId, "childId");
        Objects.requireNonNull(districtCode, "districtCode");
        Objects.requireNonNull(previousState, "previousState");
        Objects.requireNonNull(changedAt, "changedAt");
    }
}
