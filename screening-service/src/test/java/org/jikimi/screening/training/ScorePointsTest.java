package org.jikimi.screening.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.jikimi.screening.model.Models;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScorePointsTest {
    private static final Features FEATURES = new Features(Models.shipped());
    private static final int REFUSED = FEATURES.place("REPEATED_VISIT_REFUSAL");
    private static final int POWER = FEATURES.place("POWER_CUTOFF");
    private static final int WATER = FEATURES.place("WATER_CUTOFF");

    @ParameterizedTest
    @CsvSource({"0.693147, 10", "1.386294, 20", "0.3466, 5", "0.03, 0", "-2, 0", "1000, 1000"})
    void tenPointsDoubleTheOdds(double weight, int points) {
        assertThat(ScorePoints.points(weight)).isEqualTo(points);
    }

    @Test
    void declinedHelpGivesNoPointsHoweverMuchNeedThereWasWithIt() {
        var examples = new Examples(FEATURES.count());
        for (int child = 0; child < 300; child++) {
            boolean refused = child % 3 == 0;
            examples.add(
                    refused ? new int[] {REFUSED} : child % 3 == 1 ? new int[] {POWER} : new int[0],
                    child % 4 > 0 && child % 3 < 2);
        }

        var fit = LogisticRegression.fit(examples, ScorePoints.withoutPoints(FEATURES), 1);
        var points = new ScorePoints(FEATURES, examples, fit);

        assertThat(fit.weights().get(REFUSED)).isGreaterThan(1);
        assertThat(points.learned(REFUSED).points()).isZero();
        assertThat(points.learned(REFUSED).source()).contains("declining help never raises a score");
        assertThat(points.learned(POWER).points()).isPositive();
        assertThat(points.most()).isEqualTo(points.learned(POWER).points());
    }

    @Test
    void everyWeightSaysOnHowManyChildrenItRests() {
        var examples = new Examples(FEATURES.count());
        for (int child = 0; child < 400; child++) {
            examples.add(child % 2 == 0 ? new int[] {POWER} : new int[] {WATER}, child % 4 == 0 || child % 8 == 1);
        }

        var points = new ScorePoints(FEATURES, examples, LogisticRegression.fit(examples, new BitSet(), 1));

        assertThat(points.learned(POWER).source())
                .matches("learned: 100 of 200 visited children with it were in need; odds ratio [0-9]+[.][0-9]{2}");
        assertThat(points.learned(WATER).points()).isZero();
        assertThat(points.learned(WATER).source())
                .isEqualTo(
                        "learned: 50 of 200 visited children with it were in need; beside the others it raises no odds");
        assertThat(points.learned(FEATURES.place("GAS_CUTOFF")).source()).isEqualTo("learned: no visited child had it");
    }
}
