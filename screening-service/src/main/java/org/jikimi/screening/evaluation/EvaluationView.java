package org.jikimi.screening.evaluation;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a model would have done in a past round, beside what became of its children. Need is known of visited children
 * alone, and those were chosen by the model of that round: precision says nothing of children nobody visited. Recall is
 * therefore measured on abuse determined within a year, and on reports of suspected abuse within it, of flagged and
 * unflagged children alike. A report is a suspicion, but it is there before anybody has determined anything.
 *
 * @param model version that is evaluated
 * @param roundModel version that the round used
 * @param asOf day that the round judged
 * @param children children whom the round judged, linked ones left out
 * @param all with every indicator that counted in the round
 * @param withoutOwnWork without the indicators that our own work produces: what they add is no discovery
 * @param withoutSensitive without what tells of poverty, benefits and disability: whom it would not have flagged
 * @param disparity by district, family type and age, with every indicator
 * @param sensitive what those indicators contribute to the points of the flagged
 */
public record EvaluationView(
        String model,
        String roundModel,
        UUID roundId,
        LocalDate asOf,
        int children,
        Measures all,
        Measures withoutOwnWork,
        Measures withoutSensitive,
        List<Group> disparity,
        List<Contribution> sensitive) {
    private static final String REPORTED =
            "Of the children whose abuse was suspected and reported within a year of the "
                    + "round's day, how many would have been flagged; whoever was not counts against it.";
    private static final String TOO_FEW = " Without a value and counts, and with a reason, where there are fewer than "
            + ChildrenTally.FEWEST + " of either kind.";

    public EvaluationView {
        disparity = List.copyOf(disparity);
        sensitive = List.copyOf(sensitive);
    }

    /**
     * How good it is.
     *
     * @param flagged children whom it would have flagged within what the dongs could visit
     * @param kept of them, how many it flags with every indicator too
     * @param precision of the flagged who were visited, how many were in need
     * @param recall of the children found to be abused within a year, how many it would have flagged
     * @param recallOfReported of the children whose abuse was suspected and reported within a year, how many it would have
     *     flagged
     * @param auc of visited children in need against visited children who were safe; without a value where there are fewer
     *     than ten of either kind
     * @param aucOfAbuse of abused children against all others, likewise
     * @param calibration by points: how many of the visited were in need
     */
    public record Measures(
            int flagged,
            Share kept,
            Share precision,
            Share recall,
            @Schema(description = REPORTED) Share recallOfReported,
            Auc auc,
            Auc aucOfAbuse,
            List<Band> calibration) {
        public Measures {
            calibration = List.copyOf(calibration);
        }
    }

    /**
     * Children with so many points.
     *
     * @param from least points
     * @param to most points
     */
    public record Band(int from, int to, Share inNeed) {}

    /**
     * A group of children, for the disparity report. Precision and recall are as in {@link Measures}. A share of fewer than ten
     * children has no figures, only the reason {@code TOO_FEW_CHILDREN}; that there were none is told.
     *
     * @param by {@code district}, {@code familyType} or {@code age}
     * @param flagged of the children of the group, how many would be flagged
     * @param auc of its visited children, as in {@link Measures}; without a value where there are fewer than ten of either
     *     kind
     * @param aucOfAbuse of all its children, likewise
     */
    public record Group(
            String by,
            String value,
            Share flagged,
            Share precision,
            Share recall,
            @Schema(description = REPORTED) Share recallOfReported,

            @Schema(description = "Of its visited children, those in need against those who were safe." + TOO_FEW)
            Auc auc,

            @Schema(description = "Of all its children, abused ones against all others." + TOO_FEW)
            Auc aucOfAbuse,

            Calibration calibration) {}

    /**
     * Whether points mean the same in a group as among all: if more of its visited children were in need than expected, the
     * model gives it too few points.
     *
     * @param inNeed of its visited children, flagged or not, how many were in need
     * @param expected the share it would be if need were as frequent as among all visited children of the same bands of
     *     points; null where fewer than ten were visited
     * @param absent why nothing is expected; null where something is
     */
    public record Calibration(
            Share inNeed,

            @Schema(
                    description =
                            "The share it would be if need were as frequent as among all visited children of the "
                                    + "same bands of points, 0 to 1. More in need than expected: the group is given too few points.")
            @Nullable
            Double expected,

            @Nullable Absent absent) {}

    /**
     * What a kind of indicators contributes.
     *
     * @param kind {@code poverty}, {@code benefits} or {@code disability}
     * @param points of all points of the flagged, how many it gave; without an interval
     * @param decisive of the flagged, how many would not have been candidates without it
     */
    public record Contribution(String kind, Share points, Share decisive) {}
}
