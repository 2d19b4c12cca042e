package org.jikimi.screening.round;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jikimi.screening.round.model.Composition;
import org.jikimi.screening.round.model.Round;
import org.jspecify.annotations.Nullable;

/**
 * A round as it is shown.
 *
 * @param composition whom the analyst chose; null unless that was asked for
 * @param state {@code PLANNED}, {@code OPENED}, {@code SCREENED}, {@code TRACKING} or {@code CLOSED}
 * @param cancelledFor {@code CANNOT_BE_SCREENED}, {@code PLANNED_WRONGLY} or {@code NO_LONGER_NEEDED} if it was given up before
 *     it had flagged anybody; null if it was not
 * @param work {@code OPENING} or {@code SCREENING} while that is being done
 * @param manifest SHA-256 of all that the screening decided, in hex; screening it again gives the same
 * @param children children whose states were frozen
 * @param excluded candidates linked to what somebody does for them already, instead of being flagged again
 * @param backlog candidates whose dong can visit no more
 * @param seen settled when the round closes; until then the coverage tells it
 */
public record RoundView(
        UUID id,
        long version,
        String programme,
        LocalDate asOf,
        @Nullable Composition composition,
        String state,
        @Nullable String cancelledFor,
        @Nullable String work,
        @Nullable String modelVersion,
        @Nullable String manifest,
        int children,
        int excluded,
        int flagged,
        int backlog,
        int seen,
        Instant plannedAt,
        @Nullable Instant openedAt,
        @Nullable Instant screenedAt,
        @Nullable Instant closedAt) {
    static RoundView of(Round round) {
        var work = round.work();
        var cancelledFor = round.cancelledFor();
        return new RoundView(
                round.id(),
                round.version(),
                round.plan().programme().name(),
                round.plan().asOf(),
                round.plan().composition(),
                round.state().name(),
                cancelledFor == null ? null : cancelledFor.name(),
                work == null ? null : work.name(),
                round.modelVersion(),
                round.manifest(),
                round.figures().children(),
                round.figures().excluded(),
                round.figures().flagged(),
                round.figures().backlog(),
                round.figures().seen(),
                round.moments().planned(),
                round.moments().opened(),
                round.moments().screened(),
                round.moments().closed());
    }
}
