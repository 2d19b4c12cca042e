package org.jikimi.screening.rights;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is shown.
 *
 * @param childId of which it was asked; it may be an alias
 * @param kind {@code ACCESS}, {@code CORRECTION} or {@code OBJECTION}
 * @param requester {@code CHILD} or {@code REPRESENTATIVE}
 * @param dueOn last day on which an answer is in time
 * @param state {@code OPEN}, {@code DEFERRED} or {@code DECIDED}
 * @param overdue whether that day has passed without an answer, or had when it came
 * @param outcome {@code GRANTED}, {@code PARTLY} or {@code REFUSED}; null until decided
 * @param text what was written; null in lists
 * @param review for who decides alone; null for others and in lists
 */
public record RightsRequestView(
        UUID id,
        long version,
        UUID childId,
        String kind,
        String requester,
        String identityCheck,
        @Nullable String representation,
        LocalDate receivedOn,
        LocalDate dueOn,
        int deferrals,
        @Nullable String deferralReason,
        String state,
        boolean overdue,
        Instant registeredAt,
        @Nullable String outcome,
        @Nullable Instant decidedAt,
        @Nullable String text,
        @Nullable Review review) {

    /**
     * What is known to who decides, and why it was decided so.
     *
     * @param danger codes of what endangers the child, as it is known now or was when it was decided
     * @param neverTold parts that are withheld whatever is decided
     * @param withheld parts withheld beyond them
     * @param grounds those that may be named
     * @param asked what sources were asked to correct, and what they answered
     */
    public record Review(
            List<String> danger,
            List<String> neverTold,
            List<String> withheld,
            List<String> grounds,
            @Nullable String ground,
            @Nullable Boolean conflictOfInterest,
            List<SourceCorrections.Asked> asked) {
        public Review {
            danger = List.copyOf(danger);
            neverTold = List.copyOf(neverTold);
            withheld = List.copyOf(withheld);
            grounds = List.copyOf(grounds);
            asked = List.copyOf(asked);
        }
    }

    static RightsRequestView of(
            RightsRequest request, LocalDate today, @Nullable String text, @Nullable Review review) {
        var decision = request.decision();
        boolean late = decision == null && today.isAfter(request.dueOn());
        return new RightsRequestView(
                request.id(),
                request.version(),
                request.childId(),
                request.kind().name(),
                request.requester().name(),
                request.identityCheck(),
                request.representation(),
                request.receivedOn(),
                request.dueOn(),
                request.deferrals(),
                request.deferralReason(),
                decision != null ? "DECIDED" : request.deferrals() > 0 ? "DEFERRED" : "OPEN",
                late || request.overdue(),
                request.registeredAt(),
                decision == null ? null : decision.outcome().name(),
                decision == null ? null : decision.at(),
                text,
                review);
    }

    static Review review(RightsRequest request, List<String> danger, List<SourceCorrections.Asked> asked) {
        var decision = request.decision();
        return new Review(
                decision == null ? danger : decision.danger(),
                names(Part.neverTo(request.requester())),
                decision == null ? List.of() : names(decision.withheld()),
                request.kind().grounds(),
                decision == null ? null : decision.ground(),
                decision == null ? null : decision.conflict(),
                asked);
    }

    private static List<String> names(Set<Part> parts) {
        return parts.stream().map(Part::name).sorted().toList();
    }

    @Override
    public String toString() {
        return "rights request " + id;
    }
}
