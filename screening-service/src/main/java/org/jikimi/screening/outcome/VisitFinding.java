package org.jikimi.screening.outcome;

import org.jspecify.annotations.Nullable;

/**
 * What a visit found of one child.
 *
 * @param birthRegistration 출생신고, of a child known by a temporary number
 * @param registrationDelay why the birth is not registered yet
 * @param careSetting who raises the child
 */
public record VisitFinding(
        String outcome,
        boolean seen,
        @Nullable String birthRegistration,
        @Nullable String registrationDelay,
        @Nullable String careSetting) {
    /** Of a child with a number of its own. */
    public static VisitFinding of(String outcome, boolean seen) {
        return new VisitFinding(outcome, seen, null, null, null);
    }
}
