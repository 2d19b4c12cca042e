package org.jikimi.contracts.screening.v1;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.MayBeAbsent;

/**
 * A child was selected for a household visit, by a round or between rounds because a signal was urgent.
 *
 * @param flagId the flag
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state. One of {@code FLAGGED}, {@code WITHDRAWN}, {@code VISITED}, {@code CLOSED}.
 * @param childId the child, a pseudonym
 * @param districtCode district 자치구, five digits
 * @param dongCode dong 행정동, ten digits
 * @param householdId the household, a pseudonym
 * @param siblingIds the other children of the household, flagged or not: the visit has a result for each of them
 * @param roundId the round; absent for a flag between rounds
 * @param programme programme; absent for a flag between rounds. One of {@code QUARTERLY_SCREENING},
 *     {@code AGE_THREE_SURVEY}, {@code JOINT_INSPECTION}, {@code TEMPORARY_NUMBER_SURVEY},
 *     {@code UNDER_TWO_INVESTIGATION}.
 * @param score points of the scorecard
 * @param reasons why, most points first; stays inside the platform
 * @param rank place in the dong, from 1; absent between rounds
 * @param urgent whether it must be acted on at once
 * @param modelVersion version of the scorecard
 * @param asOf date on which the inputs were judged
 * @param flaggedAt when it was flagged
 */
public record ChildFlagged(
        UUID flagId,
        long version,
        String state,
        UUID childId,
        String districtCode,
        String dongCode,
        UUID householdId,
        List<UUID> siblingIds,
        @MayBeAbsent UUID roundId,
        @MayBeAbsent String programme,
        int score,
        List<Reason> reasons,
        @MayBeAbsent Integer rank,
        boolean urgent,
        String modelVersion,
        LocalDate asOf,
        Instant flaggedAt) {
    public ChildFlagged {
        Objects.requireNonNull(flagId, "flagId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(childId, "childId");
        Objects.requireNonNull(districtCode, "districtCode");
        Objects.requireNonNull(dongCode, "dongCode");
        Objects.requireNonNull(householdId, "householdId");
        siblingIds = List.copyOf(siblingIds);
        reasons = List.copyOf(reasons);
        Objects.requireNonNull(modelVersion, "modelVersion");
        Objects.requireNonNull(asOf, "asOf");
        Objects.requireNonNull(flaggedAt, "flaggedAt");
    }

    /**
     * A reason code of the scorecard and its points.
     *
     * @param code indicator or factor
     * @param points points it gave
     */
    public record Reason(String code, int points) {
        public Reason {
            Objects.requireNonNull(code, "code");
        }
    }
}
