package org.jikimi.cases.visit;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jikimi.cases.support.Ids;
import org.jikimi.cases.support.Ruling;
import org.jspecify.annotations.Nullable;

/**
 * Nobody knows where a child is 소재불명; the police look until the child is found.
 *
 * @param visitId the visit that failed to find the child
 * @param dueAt when the police must have answered, or answered again
 * @param inquiries how often the police looked in vain
 * @param result the newest answer
 * @param endedByRegister whether it ended because the register says that the child has died, and nobody found the child since
 * @param endedAs under which other id a person found the child, if that ended it; null otherwise
 */
record WhereaboutsCheck(
        UUID id,
        long version,
        CheckState state,
        UUID visitId,
        UUID childId,
        @Nullable UUID flagId,
        UUID householdId,
        String districtCode,
        String dongCode,
        UUID correlation,
        Instant since,
        Instant dueAt,
        int inquiries,
        @Nullable CheckResult result,
        boolean endedByRegister,
        @Nullable UUID endedAs) {
    /** Time for the first answer; platform policy. */
    static final Duration FIRST_ANSWER = Duration.ofDays(1);

    /** Time for each further answer; platform policy. */
    static final Duration NEXT_ANSWER = Duration.ofDays(7);

    static WhereaboutsCheck opened(Visit visit, VisitChild child, Instant at) {
        return new WhereaboutsCheck(
                Ids.of(visit.id(), "whereabouts/" + child.childId()),
                1,
                CheckState.OPEN,
                visit.id(),
                child.childId(),
                child.flagId(),
                visit.householdId(),
                visit.districtCode(),
                visit.dongCode(),
                visit.correlationOf(child),
                at,
                at.plus(FIRST_ANSWER),
                0,
                null,
                false,
                null);
    }

    /** The police answered; a child who was not found is looked for on. */
    Ruling<WhereaboutsCheck> answered(CheckResult answer, Instant at) {
        if (state != CheckState.OPEN) {
            return Ruling.broken(VisitRule.CHECK_ALREADY_ANSWERED);
        }
        return Ruling.allowed(
                switch (answer) {
                    case LOCATED -> with(CheckState.LOCATED, dueAt, inquiries, answer, false, null);
                    case NOT_FOUND -> with(CheckState.OPEN, at.plus(NEXT_ANSWER), inquiries + 1, answer, false, null);
                    case ABROAD, DECEASED -> with(CheckState.CLOSED, dueAt, inquiries, answer, false, null);
                });
    }

    /** A person has found the child, under one of its ids. */
    Ruling<WhereaboutsCheck> found(CheckResult how, UUID as, Instant at) {
        var ruling = answered(how, at);
        return ruling instanceof Ruling.Allowed<WhereaboutsCheck>(var found) && !as.equals(childId)
                ? Ruling.allowed(with(found.state, dueAt, inquiries, how, false, as))
                : ruling;
    }

    /** The register says that the child has died, and nobody looks for it until that is taken back. */
    WhereaboutsCheck endedByTheRegister() {
        return with(CheckState.CLOSED, dueAt, inquiries, CheckResult.DECEASED, true, null);
    }

    /** The register took it back: the police have the time that was left, and if none was, they must answer at once. */
    WhereaboutsCheck openedAgain() {
        return with(CheckState.OPEN, dueAt, inquiries, inquiries == 0 ? null : CheckResult.NOT_FOUND, false, null);
    }

    private WhereaboutsCheck with(
            CheckState newState,
            Instant newDueAt,
            int newInquiries,
            @Nullable CheckResult answer,
            boolean byRegister,
            @Nullable UUID as) {
        return new WhereaboutsCheck(
                id,
                version + 1,
                newState,
                visitId,
                childId,
                flagId,
                householdId,
                districtCode,
                dongCode,
                correlation,
                since,
                newDueAt,
                newInquiries,
                answer,
                byRegister,
                as);
    }
}
