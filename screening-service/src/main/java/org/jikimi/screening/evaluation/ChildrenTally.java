package org.jikimi.screening.evaluation;

import org.jikimi.screening.evaluation.EvaluationView.Calibration;
import org.jikimi.screening.evaluation.EvaluationView.Group;
import org.jikimi.screening.evaluation.EvaluationView.Measures;
import org.jikimi.screening.outcome.KnownOutcome;
import org.jspecify.annotations.Nullable;

/** Children of a round, or of a group of it, as they are counted for the measures of a model. */
final class ChildrenTally {
    /**
     * The fewest children on whom a figure rests. Of fewer the interval says nothing, one child would turn the figure, and what
     * became of one could be read from it: the 10 threshold rule of the Office for National Statistics, and of the UK
     * Longitudinal Linkage Collaboration (guidebook.ukllc.ac.uk, Statistical Disclosure Control).
     */
    static final int FEWEST = 10;

    private final PointsTally need = new PointsTally();
    private final PointsTally abuse = new PointsTally();
    private int children;
    private int reported;
    private int abused;
    private int flagged;
    private int kept;
    private int visited;
    private int inNeed;
    private int reportedFlagged;
    private int abusedFlagged;

    void add(int score, @Nullable KnownOutcome outcome) {
        children++;
        abuse.add(score, outcome != null && outcome.abuse());
        if (outcome != null) {
            reported += outcome.reported() ? 1 : 0;
            abused += outcome.abuse() ? 1 : 0;
            if (outcome.visited()) {
                need.add(score, outcome.need());
            }
        }
    }

    /** @param withEveryIndicator whether it is flagged with every indicator too */
    void addFlagged(@Nullable KnownOutcome outcome, boolean withEveryIndicator) {
        flagged++;
        kept += withEveryIndicator ? 1 : 0;
        if (outcome != null) {
            visited += outcome.visited() ? 1 : 0;
            inNeed += outcome.visited() && outcome.need() ? 1 : 0;
            reportedFlagged += outcome.reported() ? 1 : 0;
            abusedFlagged += outcome.abuse() ? 1 : 0;
        }
    }

    int children() {
        return children;
    }

    /** Visited children by their points. */
    PointsTally need() {
        return need;
    }

    /**
     * How good the model is for them.
     *
     * @param fewest on how many children of either kind an area must rest to be told
     */
    Measures measures(int fewest) {
        return new Measures(
                flagged,
                Share.of(kept, flagged),
                Share.of(inNeed, visited),
                Share.of(abusedFlagged, abused),
                Share.of(reportedFlagged, reported),
                need.auc(fewest),
                abuse.auc(fewest),
                need.bands());
    }

    /**
     * How it does for them as a group among others.
     *
     * @param all visited children of every group
     * @param fewest on how many children a figure must rest to be told
     */
    Group group(String by, String value, PointsTally all, int fewest) {
        return new Group(
                by,
                value,
                Share.ofAtLeast(fewest, flagged, children),
                Share.ofAtLeast(fewest, inNeed, visited),
                Share.ofAtLeast(fewest, abusedFlagged, abused),
                Share.ofAtLeast(fewest, reportedFlagged, reported),
                need.auc(fewest).orNothing(),
                abuse.auc(fewest).orNothing(),
                calibration(all, fewest));
    }

    private Calibration calibration(PointsTally all, int fewest) {
        return need.count() < fewest
                ? new Calibration(need.positives(fewest), null, Absent.TOO_FEW_VISITED)
                : new Calibration(need.positives(fewest), need.expected(all), null);
    }
}
