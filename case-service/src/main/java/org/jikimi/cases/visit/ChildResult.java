package org.jikimi.cases.visit;

import java.util.List;
import org.jikimi.cases.report.AbuseType;
import org.jspecify.annotations.Nullable;

/** What a visit found for one child. */
record ChildResult(
        VisitOutcome outcome,
        boolean seen,
        boolean seenAlone,
        @Nullable Environment environment,
        List<Need> needs,
        @Nullable BirthRegistration birthRegistration,
        @Nullable RegistrationDelay registrationDelay,
        @Nullable CareSetting careSetting,
        List<AbuseType> suspectedTypes) {
    ChildResult {
        needs = List.copyOf(needs);
        suspectedTypes = List.copyOf(suspectedTypes);
    }
}
