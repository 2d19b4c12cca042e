package org.jikimi.screening.evaluation;

import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jikimi.screening.evaluation.EvaluationView.Group;
import org.jikimi.screening.model.Facts;
import org.jikimi.screening.outcome.KnownOutcome;
import org.jspecify.annotations.Nullable;

/** Children as they are counted for the disparity report: each in its district, family type and age. */
final class DisparityTally {
    private final Map<String, Map<String, ChildrenTally>> groups = new TreeMap<>();
    private final LocalDate asOf;

    /** @param asOf the day by which they are as old as they are */
    DisparityTally(LocalDate asOf) {
        this.asOf = asOf;
    }

    void add(Facts child, int score, @Nullable KnownOutcome outcome) {
        groupsOf(child).forEach(group -> group.add(score, outcome));
    }

    void addFlagged(Facts child, @Nullable KnownOutcome outcome) {
        groupsOf(child).forEach(group -> group.addFlagged(outcome, true));
    }

    /**
     * What they come to.
     *
     * @param all visited children of every group
     * @param fewest on how many children a figure must rest to be told
     */
    List<Group> groups(PointsTally all, int fewest) {
        var told = new ArrayList<Group>();
        groups.forEach((by, values) -> values.forEach((value, tally) -> told.add(tally.group(by, value, all, fewest))));
        return told;
    }

    private List<ChildrenTally> groupsOf(Facts child) {
        return List.of(
                group("district", child.districtCode()),
                group("familyType", child.familyType()),
                group("age", ageGroup(child.birthDate())));
    }

    private ChildrenTally group(String by, String value) {
        return groups.computeIfAbsent(by, b -> new TreeMap<>()).computeIfAbsent(value, v -> new ChildrenTally());
    }

    /** In the bands of childhood that Korean statistics use: infants, before school, primary, middle and high school. */
    private String ageGroup(@Nullable LocalDate born) {
        if (born == null) {
            return "unknown";
        }
        int years = Period.between(born, asOf).getYears();
        return years < 3 ? "0-2" : years < 6 ? "3-5" : years < 12 ? "6-11" : years < 18 ? "12-17" : "18+";
    }
}
