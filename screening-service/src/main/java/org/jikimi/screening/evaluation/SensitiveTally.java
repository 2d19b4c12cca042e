package org.jikimi.screening.evaluation;

import java.util.List;
import org.jikimi.screening.evaluation.EvaluationView.Contribution;
import org.jikimi.screening.model.Reason;
import org.jikimi.screening.model.Scorecard;
import org.jikimi.screening.reference.Indicators;
import org.jikimi.screening.round.ReplayRound.Flagged;

/** What a kind of sensitive indicators contributes to the points of the flagged. */
final class SensitiveTally {
    private final String kind;
    private final long mask;
    private final Scorecard whole;
    private final Scorecard without;
    private int flagged;
    private int points;
    private int given;
    private int decisive;

    /** @param mask the indicators, as {@code without} leaves them out and {@code whole} does not */
    SensitiveTally(String kind, long mask, Scorecard whole, Scorecard without) {
        this.kind = kind;
        this.mask = mask;
        this.whole = whole;
        this.without = without;
    }

    void add(Flagged child) {
        flagged++;
        points += child.score();
        given += given(whole.reasons(child.facts()));
        decisive += without.score(child.facts()) < without.threshold() ? 1 : 0;
    }

    private int given(List<Reason> reasons) {
        return reasons.stream()
                .filter(reason -> Indicators.of(reason.code())
                        .filter(indicator -> (mask >>> indicator.bit() & 1) != 0)
                        .isPresent())
                .mapToInt(Reason::points)
                .sum();
    }

    Contribution contribution() {
        return new Contribution(kind, Share.ofPoints(given, points), Share.of(decisive, flagged));
    }
}
