package org.jikimi.screening.risk;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jikimi.screening.model.Facts;
import org.jikimi.screening.model.Reason;
import org.jikimi.screening.model.Scorecard;
import org.jikimi.screening.reference.Indicator;
import org.jikimi.screening.reference.Indicators;

/**
 * What the points would be without one reason, all else as it is. Where two codes say one fact, the other takes its
 * place: without the signal of single parenthood the family type still counts.
 *
 * @param without code of the reason
 * @param candidate whether the quarterly screening would still consider the child
 * @param urgent whether the child would still be flagged at once: by its points, or by an urgent indicator
 */
public record Counterfactual(
        String without, int score, boolean candidate, boolean urgent, String textEn, String textKo) {

    static List<Counterfactual> of(Scorecard scorecard, Facts facts, List<Reason> reasons) {
        return reasons.stream().map(reason -> without(scorecard, facts, reason)).toList();
    }

    private static Counterfactual without(Scorecard scorecard, Facts facts, Reason reason) {
        var code = reason.code();
        var less = less(facts, code);
        int score = less.map(scorecard::score).orElse(scorecard.score(facts) - reason.points());
        boolean candidate = score >= scorecard.threshold();
        boolean urgent = score >= scorecard.urgentThreshold() || anyUrgent(scorecard, less.orElse(facts));
        var name = ReasonNames.of(code);
        return new Counterfactual(
                code,
                score,
                candidate,
                urgent,
                "Without %s: %d points, %s"
                        .formatted(
                                name.en(),
                                score,
                                urgent ? "flagged at once" : candidate ? "still a candidate" : "not flagged"),
                "%s 항목이 없으면: %d점, %s"
                        .formatted(name.ko(), score, urgent ? "즉시 발굴 대상" : candidate ? "여전히 발굴 후보" : "발굴 대상 아님"));
    }

    /** Whether an urgent indicator counts: by that a child is flagged at once, whatever its points. */
    private static boolean anyUrgent(Scorecard scorecard, Facts facts) {
        return Indicators.all().stream()
                .anyMatch(indicator -> indicator.urgent() && scorecard.counts(facts, indicator.bit()));
    }

    /** Empty for an age: bands may overlap, and no fact but the birth date could be left out for one of them. */
    private static Optional<Facts> less(Facts facts, String code) {
        Optional<Indicator> indicator = Indicators.of(code);
        if (indicator.isPresent()) {
            return Optional.of(less(facts, indicator.get().bit()));
        }
        if (code.startsWith(Scorecard.FAMILY)) {
            return Optional.of(new Facts(facts.birthDate(), "", facts.districtCode(), facts.mask(), facts.observed()));
        }
        if (code.startsWith(Scorecard.REGION)) {
            return Optional.of(new Facts(facts.birthDate(), facts.familyType(), "", facts.mask(), facts.observed()));
        }
        return Optional.empty();
    }

    private static Facts less(Facts facts, int bit) {
        int place = Long.bitCount(facts.mask() & ((1L << bit) - 1));
        var observed = Arrays.copyOf(facts.observed(), facts.observed().length - 1);
        System.arraycopy(facts.observed(), place + 1, observed, place, observed.length - place);
        return new Facts(
                facts.birthDate(), facts.familyType(), facts.districtCode(), facts.mask() & ~(1L << bit), observed);
    }
}
