package org.jikimi.screening.round;

import org.jikimi.runtime.rest.Problem;
import org.jikimi.screening.round.model.Round;

/** What came of ordering work on a round. */
sealed interface Ordered {
    /** It will be done in the background. */
    record Accepted(Round round) implements Ordered {}

    record Refused(Problem problem) implements Ordered {}
}
