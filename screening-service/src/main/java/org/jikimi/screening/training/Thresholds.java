package org.jikimi.screening.training;

import org.jikimi.screening.model.Facts;
import org.jikimi.screening.model.Scorecard;

/**
 * Counts the children of a round by the points of two scorecards, so that thresholds can be placed where as many children
 * lie above them as above those of the other, and never more: what dongs can visit does not grow with a new model.
 */
final class Thresholds {
    private final Scorecard challenger;
    private final Scorecard champion;
    private final int[] byScore;
    private final int[] byCaregiving;
    private int candidates;
    private int urgent;
    private int gaps;

    /**
     * A count of none.
     *
     * @param most the most points that the challenger can give
     */
    Thresholds(Scorecard challenger, Scorecard champion, int most) {
        this.challenger = challenger;
        this.champion = champion;
        this.byScore = new int[most + 1];
        this.byCaregiving = new int[most + 1];
    }

    /** Places where they lie. */
    record Placed(int threshold, int urgentThreshold, int caregivingGap, int candidates, int candidatesOfChampion) {}

    void count(Facts facts) {
        byScore[challenger.score(facts)]++;
        byCaregiving[challenger.caregivingPoints(facts)]++;
        int score = champion.score(facts);
        candidates += score >= champion.threshold() ? 1 : 0;
        urgent += score >= champion.urgentThreshold() ? 1 : 0;
        gaps += champion.caregivingPoints(facts) >= champion.caregivingGap() ? 1 : 0;
    }

    Placed placed() {
        int threshold = lowest(byScore, candidates);
        return new Placed(
                threshold,
                Math.max(threshold, lowest(byScore, urgent)),
                lowest(byCaregiving, gaps),
                from(byScore, threshold),
                candidates);
    }

    /** The lowest points, from 1, that no more children have or exceed than are wanted. */
    private static int lowest(int[] byPoints, int wanted) {
        int above = 0;
        for (int points = byPoints.length - 1; points > 0; points--) {
            above += byPoints[points];
            if (above > wanted) {
                return points + 1;
            }
        }
        return 1;
    }

    private static int from(int[] byPoints, int points) {
        int above = 0;
        for (int at = points; at < byPoints.length; at++) {
            above += byPoints[at];
        }
        return above;
    }
}
