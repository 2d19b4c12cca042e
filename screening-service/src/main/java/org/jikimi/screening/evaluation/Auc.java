package org.jikimi.screening.evaluation;

import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The area under the ROC curve: how often a child in need has more points than one who is not, ties counted half.
 *
 * @param value 0 to 1, 0.5 is chance; null where too few of either kind were seen
 * @param low lower end of the 95 % interval; below the value unless that is 0
 * @param high upper end of it; above the value unless that is 1
 * @param positives children in need; null where it is not told
 * @param negatives the others; null where it is not told
 * @param absent why there is no value; null where there is one
 */
public record Auc(
        @Nullable Double value,
        @Nullable Double low,
        @Nullable Double high,
        @Nullable Integer positives,
        @Nullable Integer negatives,
        @Nullable Absent absent) {
    private static final double Z = 1.959964;

    /** What lies beyond either end of the interval. */
    private static final double TAIL = 0.025;

    /** Children with the same points. */
    static final class Tally {
        int positives;
        int negatives;

        void add(Tally other) {
            positives += other.positives;
            negatives += other.negatives;
        }
    }

    /** The same, without its counts where it has no value: they are of few. */
    Auc orNothing() {
        return absent == null ? this : new Auc(null, null, null, null, null, absent);
    }

    /**
     * From children counted by their points. The interval is that of J. A. Hanley and B. J. McNeil, Radiology 143 (1982),
     * 29-36, which has no width where all pairs are in one order. It is never narrower than what is known even then: as many
     * pairs as there are of the fewer kind share no child, and of those all are in that order (C. J. Clopper and E. S.
     * Pearson, Biometrika 26 (1934), 404-413).
     *
     * @param fewest children of either kind from whom there is a value, at least 1
     */
    static Auc of(SortedMap<Integer, Tally> byPoints, int fewest) {
        long below = 0;
        double wins = 0;
        int positives = 0;
        for (Map.Entry<Integer, Tally> points : byPoints.entrySet()) {
            var tally = points.getValue();
            wins += tally.positives * (below + tally.negatives / 2.0);
            below += tally.negatives;
            positives += tally.positives;
        }
        int negatives = (int) below;
        if (positives < fewest || negatives < fewest) {
            var absent = positives < fewest ? Absent.TOO_FEW_POSITIVES : Absent.TOO_FEW_NEGATIVES;
            return new Auc(null, null, null, positives, negatives, absent);
        }
        double area = wins / ((double) positives * negatives);
        double q1 = area / (2 - area);
        double q2 = 2 * area * area / (1 + area);
        double variance =
                (area * (1 - area) + (positives - 1) * (q1 - area * area) + (negatives - 1) * (q2 - area * area))
                        / ((double) positives * negatives);
        double half = Z * Math.sqrt(Math.max(0, variance));
        double allRight = Math.pow(TAIL, 1.0 / Math.min(positives, negatives));
        double low = Math.min(Math.max(0, area - half), allRight);
        double high = Math.max(Math.min(1, area + half), 1 - allRight);
        return new Auc(area, low, high, positives, negatives, null);
    }
}
