package org.jikimi.screening.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest {
    private static final BitSet NONE = new BitSet();
    private static final double INTERCEPT = -1.5;
    private static final double[] TRUE_WEIGHTS = {2, 1.2, 0.6, 0, -0.8};

    /** Children whose need follows weights that are known. */
    private static Examples children(int count, double[] weights) {
        var random = new Random(11);
        var examples = new Examples(weights.length);
        for (int child = 0; child < count; child++) {
            var features = IntStream.range(0, weights.length)
                    .filter(feature -> random.nextInt(3) == 0)
                    .toArray();
            double logOdds = INTERCEPT
                    + Arrays.stream(features)
                            .mapToDouble(feature -> weights[feature])
                            .sum();
            examples.add(features, random.nextDouble() < 1 / (1 + Math.exp(-logOdds)));
        }
        return examples;
    }

    private static BitSet all(int features) {
        var all = new BitSet();
        all.set(0, features);
        return all;
    }

    @Test
    void weightsThatAreKnownAreFoundAgain() {
        var fit = LogisticRegression.fit(children(20_000, TRUE_WEIGHTS), all(TRUE_WEIGHTS.length), 1);

        assertThat(fit.intercept()).isEqualTo(INTERCEPT, within(0.1));
        for (int feature = 0; feature < TRUE_WEIGHTS.length; feature++) {
            assertThat(fit.weights().get(feature)).isEqualTo(TRUE_WEIGHTS[feature], within(0.12));
        }
        assertThat(fit.leftOut().isEmpty()).isTrue();
    }

    @Test
    void whatLowersTheOddsIsLeftOutAndTheOthersKeepTheirOrder() {
        var fit = LogisticRegression.fit(children(20_000, TRUE_WEIGHTS), NONE, 1);

        assertThat(fit.weights().get(4)).isZero();
        assertThat(fit.leftOut().get(4)).isTrue();
        assertThat(fit.weights().get(0)).isGreaterThan(fit.weights().get(1)).isEqualTo(TRUE_WEIGHTS[0], within(0.15));
        assertThat(fit.weights().get(1)).isGreaterThan(fit.weights().get(2));
        assertThat(fit.weights().get(2)).isPositive();
        assertThat(fit.weights()).allMatch(weight -> weight >= 0);
    }

    @Test
    void theLessRegularisationAllowsTheNearerAreWeightsToNone() {
        var loose = LogisticRegression.fit(children(500, TRUE_WEIGHTS), NONE, 100);
        var usual = LogisticRegression.fit(children(500, TRUE_WEIGHTS), NONE, 0.1);
        var tight = LogisticRegression.fit(children(500, TRUE_WEIGHTS), NONE, 0.001);

        assertThat(loose.weights().get(0)).isGreaterThan(usual.weights().get(0));
        assertThat(usual.weights().get(0)).isGreaterThan(tight.weights().get(0));
        assertThat(tight.weights().get(0)).isLessThan(0.2);
    }

    @Test
    void thePenaltySparesTheIntercept() {
        var rare = new Examples(1);
        for (int child = 0; child < 1_000; child++) {
            rare.add(new int[0], child < 10);
        }

        assertThat(LogisticRegression.fit(rare, NONE, 0.001).intercept()).isEqualTo(Math.log(10.0 / 990), within(1e-3));
    }

    @Test
    void theSameChildrenGiveTheSameWeights() {
        var once = LogisticRegression.fit(children(5_000, TRUE_WEIGHTS), NONE, 1);
        var again = LogisticRegression.fit(children(5_000, TRUE_WEIGHTS), NONE, 1);

        assertThat(again.weights()).isEqualTo(once.weights());
        assertThat(again.intercept()).isEqualTo(once.intercept());
    }

    @Test
    void whetherTheFirstChildWasInNeedTurnsNoSign() {
        for (boolean first : new boolean[] {true, false}) {
            var examples = new Examples(1);
            for (int child = 0; child < 100; child++) {
                boolean need = child % 2 == 0 == first;
                examples.add(need ? new int[] {0} : new int[0], need);
            }

            assertThat(LogisticRegression.fit(examples, NONE, 1).weights().get(0))
                    .isGreaterThan(1);
        }
    }

    @Test
    void theLibraryIsNamedWithItsVersion() {
        assertThat(LogisticRegression.LIBRARY).matches("de\\.bwaldvogel:liblinear 2\\.[0-9]{2}");
    }
}
