package org.jikimi.screening.training;

import static java.util.Locale.ROOT;

import java.util.BitSet;
import org.jikimi.screening.model.ScorecardDocument;
import org.jikimi.screening.training.Features.Learned;
import org.jikimi.screening.training.LogisticRegression.Fit;

/**
 * Turns weights into whole points, and says of each how it came. {@value #TO_DOUBLE_ODDS} points more double the odds of
 * need: a weight {@code w} in log odds gives {@code 10 w / ln 2} points, rounded, as credit scorecards do (Siddiqi 2006,
 * "Credit Risk Scorecards", ISBN 978-0-471-75451-0). So a scorecard of points adds up to the regression, but for rounding.
 */
final class ScorePoints {
    static final int TO_DOUBLE_ODDS = 10;

    private final Features features;
    private final Examples examples;
    private final Fit fit;

    ScorePoints(Features features, Examples examples, Fit fit) {
        this.features = features;
        this.examples = examples;
        this.fit = fit;
    }

    /** Features whose weights may have any sign, since they give no points in any case. */
    static BitSet withoutPoints(Features features) {
        var without = new BitSet();
        ScorecardDocument.DECLINED.forEach(code -> without.set(features.place(code)));
        return without;
    }

    /** The most points that a child could have. */
    int most() {
        int most = 0;
        for (int feature = 0; feature < features.count(); feature++) {
            most += points(feature);
        }
        return most;
    }

    Learned learned(int feature) {
        int seen = examples.seen(feature);
        if (ScorecardDocument.DECLINED.contains(features.name(feature))) {
            return new Learned(0, "learned, and set to no points: declining help never raises a score");
        }
        if (seen == 0) {
            return new Learned(0, "learned: no visited child had it");
        }
        var counted = examples.seenInNeed(feature) + " of " + seen + " visited children with it were in need";
        return fit.leftOut().get(feature)
                ? new Learned(0, "learned: " + counted + "; beside the others it raises no odds")
                : new Learned(
                        points(feature),
                        String.format(
                                ROOT,
                                "learned: %s; odds ratio %.2f",
                                counted,
                                Math.exp(fit.weights().get(feature))));
    }

    private int points(int feature) {
        return ScorecardDocument.DECLINED.contains(features.name(feature))
                ? 0
                : points(fit.weights().get(feature));
    }

    static int points(double weight) {
        long points = Math.round(weight * TO_DOUBLE_ODDS / Math.log(2));
        return Math.clamp(points, 0, ScorecardDocument.MOST_POINTS);
    }
}
