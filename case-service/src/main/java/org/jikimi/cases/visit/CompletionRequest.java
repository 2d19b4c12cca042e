package org.jikimi.cases.visit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jikimi.cases.report.AbuseType;
import org.jikimi.cases.support.Check;
import org.jspecify.annotations.Nullable;

/**
 * What a visit found, as it is sent.
 *
 * @param children a result for each child of the household; for one who has died or emigrated by the register, if it was seen
 *     otherwise
 * @param note free text, at most 20,000 characters; stored encrypted
 */
public record CompletionRequest(
        @Nullable List<@Nullable Child> children, @Nullable String note) {
    static final CompletionRequest EMPTY = new CompletionRequest(null, null);

    /** The result for one child. */
    public record Child(
            @Nullable UUID childId,
            @Nullable VisitOutcome outcome,
            @Nullable Boolean seen,
            @Nullable Boolean seenAlone,
            @Nullable Environment environment,
            @Nullable List<@Nullable NeedFound> needs,
            @Nullable BirthRegistration birthRegistration,
            @Nullable RegistrationDelay registrationDelay,
            @Nullable CareSetting careSetting,
            @Nullable List<@Nullable AbuseType> suspectedTypes) {}

    /**
     * A need and on what basis it may be met, as {@code basis} or as one of {@code consent}, {@code legalBasis} and
     * {@code declined}.
     *
     * @param legalBasis legal provision as a code
     */
    public record NeedFound(
            @Nullable String code,
            @Nullable NeedBasis basis,
            @Nullable Boolean consent,
            @Nullable String legalBasis,
            @Nullable Boolean declined) {}

    /** The results by child; a child that is named twice keeps the first and is told by {@link #twice}. */
    Map<UUID, ChildResult> results() {
        var results = new LinkedHashMap<UUID, ChildResult>();
        for (var child : Check.list("children", children)) {
            results.putIfAbsent(Check.given("children.childId", child.childId()), result(child));
        }
        return results;
    }

    /** Children that are named more than once. */
    List<UUID> twice() {
        var known = new ArrayList<UUID>();
        var twice = new ArrayList<UUID>();
        for (var child : Check.list("children", children)) {
            var id = Check.given("children.childId", child.childId());
            (known.contains(id) ? twice : known).add(id);
        }
        return twice;
    }

    @Nullable
    String checkedNote() {
        return Check.text("note", note);
    }

    private static ChildResult result(Child child) {
        return new ChildResult(
                Check.given("children.outcome", child.outcome()),
                Check.given("children.seen", child.seen()),
                Boolean.TRUE.equals(child.seenAlone()),
                child.environment(),
                Check.list("children.needs", child.needs()).stream()
                        .map(CompletionRequest::need)
                        .toList(),
                child.birthRegistration(),
                child.registrationDelay(),
                child.careSetting(),
                Check.list("children.suspectedTypes", child.suspectedTypes()));
    }

    private static Need need(NeedFound need) {
        var code = Check.code("children.needs.code", need.code());
        var provision = need.legalBasis() == null ? null : Check.code("children.needs.legalBasis", need.legalBasis());
        var basis = need.basis();
        if (basis == null) {
            basis = basisOf(need);
        }
        if ((basis == NeedBasis.LEGAL_BASIS) != (provision != null)) {
            throw Check.invalid(
                    "children.needs.legalBasis", "A legal basis names its provision, and nothing else does.");
        }
        return new Need(code, basis, provision);
    }

    private static NeedBasis basisOf(NeedFound need) {
        var named = new ArrayList<NeedBasis>();
        if (Boolean.TRUE.equals(need.consent())) {
            named.add(NeedBasis.CONSENT);
        }
        if (need.legalBasis() != null) {
            named.add(NeedBasis.LEGAL_BASIS);
        }
        if (Boolean.TRUE.equals(need.declined())) {
            named.add(NeedBasis.DECLINED);
        }
        if (named.size() != 1) {
            throw Check.invalid("children.needs.basis", "A need has one of consent, legal basis and declined.");
        }
        return named.getFirst();
    }

    /** Tells nothing: the note is free text. */
    @Override
    public String toString() {
        return "the completion of a visit";
    }
}
