package org.jikimi.contracts.screening.v1;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A screening round ended; every flag of it has an outcome or is handed on.
 *
 * @param roundId the round
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state. One of {@code PLANNED}, {@code OPENED}, {@code SCREENED}, {@code TRACKING},
 *     {@code CLOSED}.
 * @param programme programme of the round. One of {@code QUARTERLY_SCREENING}, {@code AGE_THREE_SURVEY},
 *     {@code JOINT_INSPECTION}, {@code TEMPORARY_NUMBER_SURVEY}, {@code UNDER_TWO_INVESTIGATION}.
 * @param flagged children flagged
 * @param seen flagged children somebody has seen
 * @param handedOn flagged children not yet seen, whose work goes on
 * @param closedAt when it closed
 */
public record RoundClosed(
        UUID roundId,
        long version,
        String state,
        String programme,
        int flagged,
        int seen,
        int handedOn,
        Instant closedAt) {
    public RoundClosed {
        Objects.requireNonNull(roundId, "roundId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(programme, "programme");
        Objects.requireNonNull(closedAt, "closedAt");
    }
}
