package org.jikimi.screening.rights;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jikimi.runtime.rest.ProblemException;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.screening.reference.Indicators;
import org.jikimi.screening.registry.CorrectChild;
import org.jikimi.screening.rights.Followed.Claim;
import org.jikimi.screening.rights.Followed.Review;
import org.jikimi.screening.rights.RightsRequest.Outcome;
import org.jspecify.annotations.Nullable;

/** What is sent about a request, and whether it can be. What it may not contain is refused with 422, naming the field. */
final class RightsBodies {
    /** Identity card or passport; on a phone; shared administrative data 행정정보 공동이용 (Decree Art. 46(2)); known by sight. */
    private static final Set<String> IDENTITY_CHECKS =
            Set.of("ID_DOCUMENT", "DIGITAL_ID", "SHARED_ADMINISTRATIVE_DATA", "KNOWN_IN_PERSON");

    /** 가족관계증명서; shared administrative data; a court's appointment; a mandate 위임장 (Decree Art. 45(2)). */
    private static final Set<String> REPRESENTATIONS =
            Set.of("FAMILY_RELATION_CERTIFICATE", "SHARED_ADMINISTRATIVE_DATA", "COURT_APPOINTMENT", "MANDATE");

    private static final Pattern REASON = Pattern.compile("[A-Z][A-Z0-9_]{2,39}");
    private static final Pattern SIGNAL_ID = Pattern.compile("\\P{Cntrl}{1,200}");
    private static final int LONGEST_TEXT = 10_000;
    private static final int OLDEST_DAYS = 366;
    private static final int MOST_ASKED = 100;

    private RightsBodies() {}

    /**
     * A request as it came in, in writing.
     *
     * @param identityCheck how it was verified who asks
     * @param representation how it was verified that they represent the child; absent where the child asks
     * @param receivedOn from which the period runs
     */
    record Registration(
            @Nullable String kind,
            @Nullable String requester,
            @Nullable String identityCheck,
            @Nullable String representation,
            @Nullable LocalDate receivedOn,
            @Nullable String text) {
        RightsKind checkedKind() {
            return oneOf(RightsKind.class, kind, "kind");
        }

        Requester checkedRequester() {
            return oneOf(Requester.class, requester, "requester");
        }

        String checkedIdentity() {
            return among(IDENTITY_CHECKS, identityCheck, "identityCheck");
        }

        @Nullable
        String checkedRepresentation() {
            if (checkedRequester() == Requester.CHILD) {
                require(representation == null, "representation");
                return null;
            }
            return among(REPRESENTATIONS, representation, "representation");
        }

        LocalDate checkedDay(LocalDate today) {
            if (receivedOn == null || receivedOn.isAfter(today) || receivedOn.isBefore(today.minusDays(OLDEST_DAYS))) {
                throw invalid("receivedOn");
            }
            return receivedOn;
        }

        String checkedText() {
            if (text == null || text.isBlank() || text.length() > LONGEST_TEXT) {
                throw invalid("text");
            }
            return text;
        }

        @Override
        public String toString() {
            return "rights request";
        }
    }

    /** Puts an answer off to a day; {@code reason} is a code that who asked is told. */
    record Deferral(@Nullable String reason, @Nullable LocalDate until) {
        String checkedReason() {
            if (reason == null || !REASON.matcher(reason).matches()) {
                throw invalid("reason");
            }
            return reason;
        }

        LocalDate checkedDay() {
            if (until == null) {
                throw invalid("until");
            }
            return until;
        }
    }

    /**
     * A decision.
     *
     * @param ground a code of the kind's grounds; absent where it is granted
     * @param withhold parts to withhold beyond those that are never told; only for {@code PARTLY}
     * @param conflictOfInterest whether interests of a representative may run against the child's; needed of one
     * @param review of an objection that is not refused: {@code UPHELD}, {@code CONFIRMED} or {@code EXPLAINED}
     * @param correct of a correction: fields of the registry as they are right
     * @param ask of a correction: signals that their sources are asked to correct
     */
    record DecisionBody(
            @Nullable String outcome,
            @Nullable String ground,
            @Nullable List<@Nullable String> withhold,
            @Nullable Boolean conflictOfInterest,
            @Nullable String review,
            CorrectChild.@Nullable Correction correct,
            @Nullable List<@Nullable Ask> ask) {
        Outcome checkedOutcome() {
            return oneOf(Outcome.class, outcome, "outcome");
        }

        /** What follows beside the answer. */
        Followed checkedFollowed(RightsKind kind, LocalDate today) {
            boolean refused = checkedOutcome() == Outcome.REFUSED;
            boolean objection = kind == RightsKind.OBJECTION;
            require(!objection || checkedOutcome() != Outcome.PARTLY, "outcome");
            require((objection && !refused) == (review != null), "review");
            boolean corrects = kind == RightsKind.CORRECTION && !refused;
            require(corrects || correct == null, "correct");
            require(corrects || ask == null, "ask");
            if (!corrects) {
                return new Followed(review == null ? null : oneOf(Review.class, review, "review"), null, List.of());
            }
            var wrong = correct == null ? null : correct.wrongField(today);
            if (wrong != null) {
                throw invalid("correct." + wrong);
            }
            var claims = claims();
            require(!claims.isEmpty() || (correct != null && !correct.fields().isEmpty()), "correct");
            return new Followed(null, correct, claims);
        }

        private List<Claim> claims() {
            var claims = new ArrayList<Claim>();
            if (ask != null) {
                require(ask.size() <= MOST_ASKED, "ask");
                for (var one : ask) {
                    if (one == null) {
                        throw invalid("ask");
                    }
                    claims.add(one.checked());
                }
            }
            return claims;
        }

        @Nullable
        String checkedGround(RightsKind kind) {
            if (checkedOutcome() == Outcome.GRANTED) {
                require(ground == null, "ground");
                return null;
            }
            return among(Set.copyOf(kind.grounds()), ground, "ground");
        }

        Set<Part> checkedParts(RightsKind kind) {
            var parts = EnumSet.noneOf(Part.class);
            if (withhold != null) {
                withhold.forEach(part -> parts.add(oneOf(Part.class, part, "withhold")));
            }
            require(!parts.contains(Part.SIGNALS_OF_HOUSEHOLD), "withhold"); // goes with SIGNALS
            boolean needed = checkedOutcome() == Outcome.PARTLY && kind == RightsKind.ACCESS;
            require(needed != parts.isEmpty(), "withhold");
            return parts;
        }

        boolean checkedConflict(Requester requester) {
            require(requester == Requester.CHILD || conflictOfInterest != null, "conflictOfInterest");
            return Boolean.TRUE.equals(conflictOfInterest);
        }
    }

    /** A signal that is said to be wrong; {@code claim} is a code. */
    record Ask(
            @Nullable String signalId,
            @Nullable String indicator,
            @Nullable String claim) {
        Claim checked() {
            var known = Indicators.of(String.valueOf(indicator));
            if (signalId == null || !SIGNAL_ID.matcher(signalId).matches() || known.isEmpty()) {
                throw invalid("ask");
            }
            if (claim == null || !REASON.matcher(claim).matches()) {
                throw invalid("ask");
            }
            return new Claim(signalId, known.get().bit(), claim);
        }
    }

    static ProblemException invalid(String field) {
        return new ProblemException(Problems.INVALID_FIELD.with("field", field));
    }

    private static void require(boolean good, String field) {
        if (!good) {
            throw invalid(field);
        }
    }

    private static String among(Set<String> codes, @Nullable String code, String field) {
        if (code == null || !codes.contains(code)) {
            throw invalid(field);
        }
        return code;
    }

    private static <E extends Enum<E>> E oneOf(Class<E> type, @Nullable String name, String field) {
        for (var value : type.getEnumConstants()) {
            if (value.name().equals(name)) {
                return value;
            }
        }
        throw invalid(field);
    }
}
