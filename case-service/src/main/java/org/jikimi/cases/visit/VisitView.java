package org.jikimi.cases.visit;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jikimi.cases.register.RegisterState;
import org.jikimi.cases.report.AbuseType;
import org.jspecify.annotations.Nullable;

/**
 * A household visit as it is shown.
 *
 * @param dueOn last day of the visit
 * @param refusals refusals so far; from the second on it is a joint visit with the police
 * @param correlationId the flag that led to it
 * @param note free text; only where one visit is shown, and to whom visits households
 */
public record VisitView(
        UUID id,
        long version,
        VisitState state,
        VisitKind kind,
        UUID householdId,
        String districtCode,
        String dongCode,
        boolean urgent,
        LocalDate dueOn,
        Instant plannedAt,
        List<Child> children,
        List<AttemptMade> attempts,
        int refusals,
        @Nullable Instant completedAt,
        UUID correlationId,
        @Nullable String note) {
    /**
     * A child of the household.
     *
     * @param flagId the child's first flag; null for a sibling who was not flagged
     * @param flagIds all of the child's flags
     * @param registerState whether the child has died or emigrated, as the register says; null if neither. Such a child needs no
     *     result
     * @param outcome null until the visit is completed, as all that follows
     */
    public record Child(
            UUID childId,
            @Nullable UUID flagId,
            List<UUID> flagIds,
            @Nullable RegisterState registerState,
            @Nullable VisitOutcome outcome,
            @Nullable Boolean seen,
            @Nullable Boolean seenAlone,
            @Nullable Environment environment,
            List<Need> needs,
            @Nullable BirthRegistration birthRegistration,
            @Nullable RegistrationDelay registrationDelay,
            @Nullable CareSetting careSetting,
            List<AbuseType> suspectedTypes) {}

    /**
     * An attempt that was made.
     *
     * @param number from 1
     */
    public record AttemptMade(int number, AttemptResult result, Instant attemptedAt) {}

    static VisitView of(Visit visit, Map<UUID, RegisterState> left, @Nullable String note) {
        return new VisitView(
                visit.id(),
                visit.version(),
                visit.state(),
                visit.kind(),
                visit.householdId(),
                visit.districtCode(),
                visit.dongCode(),
                visit.urgent(),
                visit.dueOn(),
                visit.plannedAt(),
                visit.children().stream()
                        .map(child -> child(child, left.get(child.childId())))
                        .toList(),
                visit.attempts().stream()
                        .map(attempt -> new AttemptMade(attempt.number(), attempt.result(), attempt.attemptedAt()))
                        .toList(),
                visit.refusals(),
                visit.completedAt(),
                visit.correlation(),
                note);
    }

    private static Child child(VisitChild child, @Nullable RegisterState state) {
        var result = child.result();
        return result == null
                ? new Child(
                        child.childId(),
                        child.flagId(),
                        child.flagIds(),
                        state,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        null,
                        null,
                        List.of())
                : new Child(
                        child.childId(),
                        child.flagId(),
                        child.flagIds(),
                        state,
                        result.outcome(),
                        result.seen(),
                        result.seenAlone(),
                        result.environment(),
                        result.needs(),
                        result.birthRegistration(),
                        result.registrationDelay(),
                        result.careSetting(),
                        result.suspectedTypes());
    }

    /** Tells ids alone. */
    @Override
    public String toString() {
        return "visit " + id;
    }
}
