package org.jikimi.screening.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeasuresTest {
    private static void add(Map<Integer, Auc.Tally> tallies, int points, int positives, int negatives) {
        var tally = tallies.computeIfAbsent(points, p -> new Auc.Tally());
        tally.positives += positives;
        tally.negatives += negatives;
    }

    /** Counts every pair, as the definition says. */
    private static double byPairs(int[] positives, int[] negatives) {
        double wins = 0;
        for (int one : positives) {
            for (int other : negatives) {
                wins += one > other ? 1 : one == other ? 0.5 : 0;
            }
        }
        return wins / positives.length / negatives.length;
    }

    @Test
    void theAreaIsTheShareOfPairsInTheRightOrder() {
        var random = new Random(7);
        for (int city = 0; city < 50; city++) {
            var positives = random.ints(1 + random.nextInt(20), 0, 12).toArray();
            var negatives = random.ints(1 + random.nextInt(20), 0, 12).toArray();
            var tallies = new TreeMap<Integer, Auc.Tally>();
            for (int points : positives) {
                add(tallies, points, 1, 0);
            }
            for (int points : negatives) {
                add(tallies, points, 0, 1);
            }

            assertThat(Auc.of(tallies, 1).value()).isEqualTo(byPairs(positives, negatives), within(1e-12));
        }
    }

    @Test
    void itsIntervalIsThatOfHanleyAndMcNeil() {
        var tallies = new TreeMap<Integer, Auc.Tally>();
        add(tallies, 1, 10, 40);
        add(tallies, 2, 30, 20);

        var auc = Auc.of(tallies, 1);

        // area 0.70833; q1 0.54839; q2 0.58740; standard error 0.05431
        assertThat(auc.value()).isEqualTo(0.708333, within(1e-6));
        assertThat(auc.low()).isEqualTo(0.601880, within(1e-5));
        assertThat(auc.high()).isEqualTo(0.814787, within(1e-5));
    }

    /** Ten pairs of which all are right are as likely as 1 in 40 where 0.6915 of all pairs are. */
    @Test
    void evenWhereEveryPairIsInTheRightOrderTheIntervalIsAsWideAsTheFewestOfAKindMakeIt() {
        assertThat(apart(10, 1_000_000).low()).isEqualTo(0.691503, within(1e-6));
        assertThat(apart(1_000_000, 10).low()).isEqualTo(0.691503, within(1e-6));
        var byPositives = IntStream.of(1, 2, 10, 11, 100, 10_000)
                .mapToObj(positives -> apart(positives, 1_000_000))
                .toList();
        assertThat(byPositives).extracting(Auc::value).containsOnly(1.0);
        assertThat(byPositives).extracting(Auc::high).containsOnly(1.0);
        assertThat(byPositives)
                .map(Auc::low)
                .allSatisfy(low -> assertThat(low).isBetween(0.0, 0.9999))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void whereEveryPairIsInTheWrongOrderItIsTheMirrorImage() {
        var tallies = new TreeMap<Integer, Auc.Tally>();
        add(tallies, 0, 10, 0);
        add(tallies, 30, 0, 1_000_000);

        var auc = Auc.of(tallies, 1);

        assertThat(auc.value()).isZero();
        assertThat(auc.low()).isZero();
        assertThat(auc.high()).isEqualTo(1 - 0.691503, within(1e-6));
    }

    @Test
    void onePairInTheWrongOrderMakesNothingMoreCertain() {
        var tallies = new TreeMap<Integer, Auc.Tally>();
        add(tallies, 0, 0, 1_000_000);
        add(tallies, 30, 10, 0);
        add(tallies, 31, 0, 1);

        assertThat(Auc.of(tallies, 1).low())
                .isLessThanOrEqualTo(apart(10, 1_000_000).low());
    }

    private static Auc apart(int positives, int negatives) {
        var tallies = new TreeMap<Integer, Auc.Tally>();
        add(tallies, 0, 0, negatives);
        add(tallies, 30, positives, 0);
        return Auc.of(tallies, 1);
    }

    @Test
    void ofOneKindAloneThereIsNoArea() {
        var tallies = new TreeMap<Integer, Auc.Tally>();
        add(tallies, 3, 4, 0);

        assertThat(Auc.of(tallies, 1)).isEqualTo(new Auc(null, null, null, 4, 0, Absent.TOO_FEW_NEGATIVES));
    }

    @Test
    void theIntervalOfAShareIsWilsons() {
        var share = Share.of(8, 10);

        assertThat(share.value()).isEqualTo(0.8);
        assertThat(share.low()).isEqualTo(0.4902, within(1e-4));
        assertThat(share.high()).isEqualTo(0.9433, within(1e-4));
        assertThat(Share.of(0, 0)).isEqualTo(new Share(0, 0, null, null, null, null));
        assertThat(Share.of(0, 5).low()).isZero();
    }
}
