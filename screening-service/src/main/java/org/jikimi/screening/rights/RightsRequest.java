package org.jikimi.screening.rights;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jikimi.runtime.time.Seoul;
import org.jspecify.annotations.Nullable;

/**
 * A request as it stands, without its wording.
 *
 * @param childId of which it was asked, though it may be an alias now or later
 * @param representation how it was verified that who asks represents the child; null where the child asks
 * @param dueOn last day on which an answer is in time
 * @param overdue whether that day had passed before it was answered
 * @param registeredBy the principal, who does not decide
 * @param decision null until it is decided
 */
record RightsRequest(
        UUID id,
        long version,
        UUID childId,
        RightsKind kind,
        Requester requester,
        String identityCheck,
        @Nullable String representation,
        LocalDate receivedOn,
        LocalDate dueOn,
        int deferrals,
        @Nullable String deferralReason,
        boolean overdue,
        String registeredBy,
        Instant registeredAt,
        @Nullable Decision decision) {

    /** What is answered: all that is ever told, a part of it, nothing; of a correction or objection, how far it is followed. */
    enum Outcome {
        GRANTED,
        PARTLY,
        REFUSED
    }

    /**
     * What was decided.
     *
     * @param ground why not all, for the record; null where it was granted
     * @param withheld parts beyond those that are never told
     * @param conflict whether interests of who asks may run against the child's 이해상반
     * @param danger what was known that endangers the child, as codes
     * @param followed what follows beside the answer
     */
    record Decision(
            Outcome outcome,
            @Nullable String ground,
            Set<Part> withheld,
            boolean conflict,
            List<String> danger,
            Followed followed,
            String by,
            Instant at) {
        Decision {
            withheld = Set.copyOf(withheld);
            danger = List.copyOf(danger);
        }
    }

    /** Whether it went on, or why not. */
    sealed interface Step {
        record Taken(RightsRequest request) implements Step {}

        /** Why not. */
        enum Refused implements Step {
            DECIDED,
            TOO_LATE,
            NO_FURTHER_DEFERRAL,
            DAY_OUT_OF_RANGE,
            SECOND_PERSON
        }
    }

    /** Puts the answer off to a later day; who asked is told of it, and of the reason, while the period still runs. */
    Step defer(String reason, LocalDate until, LocalDate today) {
        if (decision != null) {
            return Step.Refused.DECIDED;
        }
        if (deferrals >= kind.deferrals()) {
            return Step.Refused.NO_FURTHER_DEFERRAL;
        }
        if (today.isAfter(dueOn)) {
            return Step.Refused.TOO_LATE;
        }
        if (!until.isAfter(dueOn) || until.isAfter(dueOn.plusDays(RightsKind.LONGEST_DEFERRAL))) {
            return Step.Refused.DAY_OUT_OF_RANGE;
        }
        return new Step.Taken(with(until, deferrals + 1, reason, overdue, null));
    }

    /** Decides; never by who registered it, for something is withheld in every answer. */
    Step decide(Decision made) {
        if (decision != null) {
            return Step.Refused.DECIDED;
        }
        if (made.by().equals(registeredBy)) {
            return Step.Refused.SECOND_PERSON;
        }
        boolean late =
                overdue || Seoul.dateOf(made.at()).isAfter(dueOn); // the due work that notes it may be late itself
        return new Step.Taken(with(dueOn, deferrals, deferralReason, late, made));
    }

    private RightsRequest with(
            LocalDate due, int deferred, @Nullable String reason, boolean late, @Nullable Decision made) {
        return new RightsRequest(
                id,
                version + 1,
                childId,
                kind,
                requester,
                identityCheck,
                representation,
                receivedOn,
                due,
                deferred,
                reason,
                late,
                registeredBy,
                registeredAt,
                made);
    }
}
