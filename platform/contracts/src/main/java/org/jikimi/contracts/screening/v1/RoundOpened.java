package org.jikimi.contracts.screening.v1;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;

/**
 * A screening round froze its inputs and began.
 *
 * @param roundId the round
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state. One of {@code PLANNED}, {@code OPENED}, {@code SCREENED}, {@code TRACKING},
 *     {@code CLOSED}.
 * @param programme programme of the round. One of {@code QUARTERLY_SCREENING}, {@code AGE_THREE_SURVEY},
 *     {@code JOINT_INSPECTION}, {@code TEMPORARY_NUMBER_SURVEY}, {@code UNDER_TWO_INVESTIGATION}.
 * @param asOf date on which every input is judged
 * @param modelVersion version of the scorecard
 * @param children children whose states were frozen
 * @param openedAt when it opened
 */
public record RoundOpened(
        UUID roundId,
        long version,
        String state,
        String programme,
        LocalDate asOf,
        String modelVersion,
        int children,
        Instant openedAt) {
    public RoundOpened {
        Objects.requireNonNull(roundId, "roundId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(programme, "programme");
        Objects.requireNonNull(asOf, "asOf");
        Objects.requireNonNull(modelVersion, "modelVersion");
        Objects.requireNonNull(openedAt, "openedAt");
    }
}
