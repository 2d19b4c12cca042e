package org.jikimi.screening.evaluation;

import org.jikimi.screening.evaluation.EvaluationView.Calibration;
import org.jikimi.screening.evaluation.EvaluationView.Group;
import org.jikimi.screening.outcome.KnownOutcome;
import org.jspecify.annotations.Nullable;

/** The children of a group as they are counted for the disparity report. */
final class GroupTally {
    /** The fewest children of either kind: of fewer the interval says nothing, and one child would turn the figure. */
    static final int FEWEST = 10;

    private final PointsTally need = new PointsTally();
    private final PointsTally abuse = new PointsTally();
    private int children;
    private int flagged;
    private int visited;
    private int inNeed;
    private int reported;
    private int reportedFlagged;
    private int abused;
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

    void addFlagged(@Nullable KnownOutcome outcome) {
        flagged++;
        if (outcome != null) {
            visited += outcome.visited() ? 1 : 0;
            inNeed += outcome.visited() && outcome.need() ? 1 : 0;
            reportedFlagged += outcome.reported() ? 1 : 0;
            abusedFlagged += outcome.abuse() ? 1 : 0;
        }
    }

    /**
     * What it comes to.
     *
     * @param all visited children of every group
     */
    Group group(String by, String value, PointsTally all) {
        return new Group(
                by,
                value,
                Share.of(flagged, children),
                Share.of(inNeed, visited),
                Share.of(abusedFlagged, abused),
                Share.of(reportedFlagged, reported),
                need.auc(FEWEST),
                abuse.auc(FEWEST),
                calibration(all));
    }

    private Calibration calibration(PointsTally all) {
        var found = need.positives();
        return found.of() < FEWEST
                ? new Calibration(found, null, Absent.TOO_FEW_VISITED)
                : new Calibration(found, need.expected(all), null);
    }
}
