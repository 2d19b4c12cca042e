package org.jikimi.cases.clock;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A legal clock as it is shown.
 *
 * @param ownerRole who must act
 * @param limit the limit as the catalogue words it
 * @param source law or practice that sets it
 * @param certainty how sure that is: {@code sure} was read in the law's text; {@code reported}, {@code target}, {@code
 *     policy} and {@code unsure} as they say
 */
public record ClockView(
        UUID id,
        long version,
        ClockState state,
        ClockCode clockCode,
        SubjectType subjectType,
        UUID subjectId,
        UUID childId,
        String districtCode,
        String ownerRole,
        UUID correlationId,
        Instant startedAt,
        Instant dueAt,
        int extensions,
        String limit,
        String extension,
        String source,
        String certainty,
        @Nullable Instant breachedAt,
        @Nullable Instant stoppedAt,
        @Nullable CancelReason cancelReason) {
    static ClockView of(LegalClock clock) {
        var law = ClockLaw.of(clock.code());
        return new ClockView(
                clock.id(),
                clock.version(),
                clock.state(),
                clock.code(),
                clock.code().subjectType(),
                clock.subjectId(),
                clock.childId(),
                clock.districtCode(),
                clock.code().ownerRole(),
                clock.correlation(),
                clock.startedAt(),
                clock.dueAt(),
                clock.extensions(),
                law.limit(),
                law.extension(),
                law.source(),
                law.certainty(),
                clock.breachedAt(),
                clock.stoppedAt(),
                clock.cancelReason());
    }
}
