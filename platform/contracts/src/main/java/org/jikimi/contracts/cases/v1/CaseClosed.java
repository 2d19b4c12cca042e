package org.jikimi.contracts.cases.v1;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.MayBeAbsent;

/**
 * A case file 사례 was closed 종결; the child is watched on.
 *
 * @param caseId the case file
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state. One of {@code OPEN}, {@code ASSESSMENT}, {@code PLANNED}, {@code IN_SERVICE},
 *     {@code FOLLOW_UP}, {@code CLOSED}, {@code MANAGEMENT_REFUSED}.
 * @param childId the child, a pseudonym
 * @param districtCode district 자치구, five digits
 * @param reason why. One of {@code GOALS_REACHED}, {@code CHILD_CAME_OF_AGE}, {@code MOVED_AWAY},
 *     {@code LONG_TERM_CARE}, {@code DECEASED}, {@code SUPERVISOR_DECISION}.
 * @param agencyId the child protection agency that held it; absent if none did
 * @param watchUntil last day of watching
 * @param closedAt when
 */
public record CaseClosed(
        UUID caseId,
        long version,
        String state,
        UUID childId,
        String districtCode,
        String reason,
        @MayBeAbsent UUID agencyId,
        @MayBeAbsent LocalDate watchUntil,
        Instant closedAt) {
    public CaseClosed {
        Objects.requireNonNull(caseId, "caseId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(childId, "childId");
        Objects.requireNonNull(districtCode, "districtCode");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(closedAt, "closedAt");
    }
}
