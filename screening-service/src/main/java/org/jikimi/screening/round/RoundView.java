package org.jikimi.screening.round;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A round as it is shown.
 *
 * @param state {@code PLANNED}, {@code OPENED}, {@code SCREENED}, {@code TRACKING} or {@code CLOSED}
 * @param work {@code OPENING} or {@code SCREENING} while that is being done
 * @param children children whose states were frozen
 * @param excluded candidates left out because somebody works for them already
 * @param backlog candidates whose dong can visit no more
 * @param seen settled when the round closes; until then the coverage tells it
 */
public record RoundView(
        UUID id,
        long version,
        String programme,
        LocalDate asOf,
        String state,
        @Nullable String work,
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
    static RoundView of(Round round) {
        var work = round.work();
        return new RoundView(
                round.id(),
                round.version(),
                round.programme(),
                round.asOf(),
                round.state().name(),
                work == null ? null : work.name(),
                round.modelVersion(),
                round.children(),
                round.excluded(),
                round.flagged(),
                round.backlog(),
                round.seen(),
                round.plannedAt(),
                round.openedAt(),
                round.screenedAt(),
                round.closedAt());
    }
}
