package org.jikimi.screening.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.jikimi.screening.model.Models;
import org.jikimi.screening.model.Scorecard;
import org.jikimi.screening.model.ScorecardDocument;
import org.jikimi.screening.reference.Lawful;
import org.jikimi.screening.training.Features.Learned;
import org.junit.jupiter.api.Test;

class ThresholdsTest {
    private static final Features FEATURES = new Features(Models.shipped());

    private static ScorecardDocument scorecard(int threshold, int urgent, int gap, IntUnaryOperator points) {
        return FEATURES.scorecard(
                "some-1", threshold, urgent, gap, feature -> new Learned(points.applyAsInt(feature), "judgement"));
    }

    private static Scorecard ready(ScorecardDocument document) {
        return new Scorecard(document, SomeChild.TODAY, Lawful.ALL);
    }

    @Test
    void asManyChildrenLieAboveTheThresholdsAsAboveThoseOfTheChampionAndNeverMore() {
        var champion = ready(Models.shipped());
        var document = scorecard(1, 1, 1, feature -> 3 + feature * 7 % 23);
        var thresholds = new Thresholds(ready(document), champion, 2_000);
        for (int n = 0; n < 5_000; n++) {
            thresholds.count(SomeChild.any(new Random(n)));
        }

        var placed = thresholds.placed();

        int above = 0;
        int aboveOfChampion = 0;
        int urgent = 0;
        int urgentOfChampion = 0;
        var challenger = ready(document);
        for (int n = 0; n < 5_000; n++) {
            var facts = SomeChild.any(new Random(n));
            above += challenger.score(facts) >= placed.threshold() ? 1 : 0;
            aboveOfChampion += champion.score(facts) >= champion.threshold() ? 1 : 0;
            urgent += challenger.score(facts) >= placed.urgentThreshold() ? 1 : 0;
            urgentOfChampion += champion.score(facts) >= champion.urgentThreshold() ? 1 : 0;
        }
        assertThat(above).isEqualTo(placed.candidates()).isBetween(aboveOfChampion * 9 / 10, aboveOfChampion);
        assertThat(placed.candidatesOfChampion()).isEqualTo(aboveOfChampion);
        assertThat(urgent).isBetween(urgentOfChampion / 2, urgentOfChampion);
        assertThat(placed.urgentThreshold()).isGreaterThan(placed.threshold());
    }

    @Test
    void aChallengerThatJudgesLikeTheChampionSelectsAsMany() {
        var champion = ready(scorecard(30, 45, 3, feature -> 5));
        var thresholds = new Thresholds(ready(scorecard(1, 1, 1, feature -> 5)), champion, 1_000);
        for (int n = 0; n < 1_000; n++) {
            thresholds.count(SomeChild.any(new Random(n)));
        }

        var placed = thresholds.placed();

        assertThat(placed.candidates()).isEqualTo(placed.candidatesOfChampion()).isPositive();
        assertThat(placed.threshold()).isBetween(26, 30);
        assertThat(placed.urgentThreshold()).isBetween(41, 45);
        assertThat(placed.caregivingGap()).isBetween(1, 3);
    }

    @Test
    void whereTheChampionSelectsNobodyNeitherDoesTheChallenger() {
        var strict = ready(scorecard(10_000, 10_000, 1_000, feature -> 1));
        var thresholds = new Thresholds(ready(scorecard(1, 1, 1, feature -> 2)), strict, 200);
        for (int n = 0; n < 100; n++) {
            thresholds.count(SomeChild.any(new Random(n)));
        }

        assertThat(thresholds.placed().candidates()).isZero();
    }

    @Test
    void aChallengerThatGivesNobodyPointsStillHasThresholdsThatAScorecardMayHave() {
        var thresholds = new Thresholds(ready(scorecard(1, 1, 1, feature -> 0)), ready(Models.shipped()), 0);
        thresholds.count(SomeChild.any(new Random(1)));

        assertThat(thresholds.placed())
                .isEqualTo(new Thresholds.Placed(1, 1, 1, 0, thresholds.placed().candidatesOfChampion()));
    }
}
