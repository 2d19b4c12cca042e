package org.jikimi.screening.round;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A screening round. Its inputs are frozen when it opens; what it flags follows from them alone.
 *
 * @param version from 1; rises with every change
 * @param programme code of {@code programmes.csv}
 * @param asOf day on which every input is judged
 * @param work what is being done in the background; null for nothing
 * @param modelVersion scorecard; null until it is opened
 * @param children children whose states were frozen
 * @param excluded candidates left out because somebody works for them already
 * @param backlog candidates whose dong can visit no more
 * @param seen flagged children somebody has seen; counted when the round closes
 */
record Round(
        UUID id,
        long version,
        String programme,
        LocalDate asOf,
        RoundState state,
        @Nullable RoundWork work,
        @Nullable String modelVersion,
        int children,
        int excluded,
        int flagged,
        int backlog,
        int seen,
        Instant plannedAt,
        @Nullable Instant openedAt,
        @Nullable Instant screenedAt,
        @Nullable Instant closedAt) {

    static Round planned(UUID id, String programme, LocalDate asOf, Instant now) {
        return new Round(id, 1, programme, asOf, RoundState.PLANNED, null, null, 0, 0, 0, 0, 0, now, null, null, null);
    }

    Round working(RoundWork next) {
        return new Round(
                id,
                version + 1,
                programme,
                asOf,
                state,
                next,
                modelVersion,
                children,
                excluded,
                flagged,
                backlog,
                seen,
                plannedAt,
                openedAt,
                screenedAt,
                closedAt);
    }

    /** Nothing is being done any more. */
    Round workDone() {
        return new Round(
                id,
                version + 1,
                programme,
                asOf,
                state,
                null,
                modelVersion,
                children,
                excluded,
                flagged,
                backlog,
                seen,
                plannedAt,
                openedAt,
                screenedAt,
                closedAt);
    }

    Round opened(String model, int frozen, Instant now) {
        return new Round(
                id,
                version + 1,
                programme,
                asOf,
                RoundState.OPENED,
                null,
                model,
                frozen,
                0,
                0,
                0,
                0,
                plannedAt,
                now,
                null,
                null);
    }

    Round screened(int leftOut, int selected, int waiting, Instant now) {
        return new Round(
                id,
                version + 1,
                programme,
                asOf,
                RoundState.SCREENED,
                null,
                modelVersion,
                children,
                leftOut,
                selected,
                waiting,
                0,
                plannedAt,
                openedAt,
                now,
                null);
    }

    Round closed(int seenChildren, Instant now) {
        return new Round(
                id,
                version + 1,
                programme,
                asOf,
                RoundState.CLOSED,
                null,
                modelVersion,
                children,
                excluded,
                flagged,
                backlog,
                seenChildren,
                plannedAt,
                openedAt,
                screenedAt,
                now);
    }

    /** The time of its screening; its flags bear it, however often it is screened again. */
    Instant screeningTime(Instant now) {
        return screenedAt == null ? now : screenedAt;
    }
}
