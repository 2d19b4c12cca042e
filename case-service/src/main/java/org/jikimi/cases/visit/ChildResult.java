package org.jikimi.cases.visit;

import java.util.List;
import org.jikimi.cases.register.RegisterState;
import org.jikimi.cases.report.AbuseType;
import org.jspecify.annotations.Nullable;

/**
 * What a visit found for one child.
 *
 * @param notVisited true of a child who was not visited, for it lives elsewhere, has died or has emigrated; null otherwise
 */
record ChildResult(
        VisitOutcome outcome,
        boolean seen,
        boolean seenAlone,
        @Nullable Environment environment,
        List<Need> needs,
        @Nullable BirthRegistration birthRegistration,
        @Nullable RegistrationDelay registrationDelay,
        @Nullable CareSetting careSetting,
        List<AbuseType> suspectedTypes,
        @Nullable Boolean notVisited) {
    ChildResult {
        needs = List.copyOf(needs);
        suspectedTypes = List.copyOf(suspectedTypes);
    }

    /** Of a child whom somebody went to. */
    ChildResult(
            VisitOutcome outcome,
            boolean seen,
            boolean seenAlone,
            @Nullable Environment environment,
            List<Need> needs,
            @Nullable BirthRegistration birthRegistration,
            @Nullable RegistrationDelay registrationDelay,
            @Nullable CareSetting careSetting,
            List<AbuseType> suspectedTypes) {
        this(
                outcome,
                seen,
                seenAlone,
                environment,
                needs,
                birthRegistration,
                registrationDelay,
                careSetting,
                suspectedTypes,
                null);
    }

    /** Of a child who was not visited, for it lives elsewhere, has died or has emigrated. */
    static ChildResult ofOneWhoWasNotVisited(VisitOutcome why) {
        return new ChildResult(why, false, false, null, List.of(), null, null, null, List.of(), true);
    }

    /** Whether it says something else of the child than the register does. */
    boolean speaksAgainst(@Nullable RegisterState left) {
        return left != null
                && (seen
                        || switch (outcome) {
                            case DECEASED, MOVED -> false;
                            case ABROAD -> left != RegisterState.EMIGRATED;
                            case SAFE, WELFARE_NEED, SUSPECTED_ABUSE, REFUSED, UNLOCATED -> true;
                        });
    }

    /** Whether it says of the child what the register does. */
    boolean agreesWith(@Nullable RegisterState left) {
        return (outcome == VisitOutcome.DECEASED && left == RegisterState.DECEASED)
                || (outcome == VisitOutcome.ABROAD && left == RegisterState.EMIGRATED);
    }

    /**
     * The rule that it breaks; null if it breaks none.
     *
     * @param of the child, who has no other result; whoever is elsewhere, and only the family says where, is looked for
     */
    @Nullable
    VisitRule brokenRule(VisitChild of) {
        if (outcome() == VisitOutcome.MOVED && !seen() && !of.livesElsewhere()) {
            return VisitRule.MOVE_UNKNOWN_TO_REGISTER;
        }
        if (outcome() == VisitOutcome.SAFE && !seen()) {
            return VisitRule.SEEN_REQUIRED_FOR_SAFE;
        }
        if (seenAlone() && !seen()) {
            return VisitRule.SEEN_ALONE_REQUIRES_SEEN;
        }
        if (seen() && (outcome() == VisitOutcome.UNLOCATED || outcome() == VisitOutcome.ABROAD)) {
            return VisitRule.SEEN_CONTRADICTS_OUTCOME;
        }
        return outcome() == VisitOutcome.WELFARE_NEED && needs().isEmpty()
                ? VisitRule.NEED_REQUIRED_FOR_WELFARE_NEED
                : null;
    }
}
