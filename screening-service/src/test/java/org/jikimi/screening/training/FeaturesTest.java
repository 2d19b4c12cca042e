package org.jikimi.screening.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jikimi.screening.model.Facts;
import org.jikimi.screening.model.Models;
import org.jikimi.screening.model.Scorecard;
import org.jikimi.screening.model.ScorecardDocument;
import org.jikimi.screening.reference.Indicator;
import org.jikimi.screening.reference.Indicators;
import org.jikimi.screening.reference.Lawful;
import org.jikimi.screening.training.Features.Learned;
import org.junit.jupiter.api.Test;

class FeaturesTest {
    private static final ScorecardDocument SHIPPED = Models.shipped();
    private static final Features FEATURES = new Features(SHIPPED);
    private static final Lawful NO_POWER_CUTOFF = new Lawful(~(1L << 13));

    private static List<String> names(Facts facts, Lawful lawful) {
        return Arrays.stream(FEATURES.reader(SomeChild.TODAY, lawful).features(facts))
                .mapToObj(FEATURES::name)
                .toList();
    }

    /** 국적, 민족, 종교: there is no feature but what the catalogue, age, family type and district give. */
    @Test
    void thereIsAFeatureForWhatAScorecardMayCountAndForNothingElse() {
        var names =
                IntStream.range(0, FEATURES.count()).mapToObj(FEATURES::name).toList();

        assertThat(names)
                .startsWith(Indicators.all().stream().map(Indicator::code).toArray(String[]::new))
                .hasSize(44 + 3 + 2 + 6)
                .contains("AGE_UNDER_1", "FAMILY_FOSTER", "FAMILY_OTHER", "REGION_11260")
                .doesNotContain("FAMILY_SINGLE_PARENT", "FAMILY_GRANDPARENT")
                .noneMatch(name -> name.matches(".*(NATIONALITY|ETHNI|RELIGI|MULTICULTUR|MIGRA).*"));
    }

    @Test
    void aFactThatIsToldTwiceIsOneFeature() {
        assertThat(names(SomeChild.of(100, "SINGLE_PARENT", "11110", "SINGLE_PARENT"), Lawful.ALL))
                .containsExactly("SINGLE_PARENT");
        assertThat(names(SomeChild.of(100, "SINGLE_PARENT", "11110"), Lawful.ALL))
                .containsExactly("SINGLE_PARENT");
        assertThat(names(SomeChild.of(100, "GRANDPARENT", "11110", "SINGLE_PARENT"), Lawful.ALL))
                .containsExactly("SINGLE_PARENT", "GRANDPARENT_RAISED");
    }

    @Test
    void whatIsTooOldOrHasNoLegalBasisIsNoFeature() {
        var facts = SomeChild.of(6, "FOSTER", "11260", "POWER_CUTOFF", "WATER_CUTOFF", "GAS_CUTOFF");
        facts.observed()[1] = 9_679; // 90 days ago

        assertThat(names(facts, NO_POWER_CUTOFF))
                .containsExactly("GAS_CUTOFF", "AGE_UNDER_1", "FAMILY_FOSTER", "REGION_11260");
    }

    @Test
    void theScorecardGivesEveryChildThePointsOfItsFeatures() {
        var random = new Random(3);
        var points = random.ints(FEATURES.count(), 0, 40).toArray();
        ScorecardDocument.DECLINED.forEach(code -> points[FEATURES.place(code)] = 0);
        var document = FEATURES.scorecard("learned-1", 20, 70, 5, feature -> new Learned(points[feature], "learned"));
        assertThat(document.fault()).isEmpty();
        var scorecard = new Scorecard(document, SomeChild.TODAY, NO_POWER_CUTOFF);
        var reader = FEATURES.reader(SomeChild.TODAY, NO_POWER_CUTOFF);

        for (int child = 0; child < 10_000; child++) {
            var facts = SomeChild.any(random);

            assertThat(scorecard.score(facts))
                    .isEqualTo(Arrays.stream(reader.features(facts))
                            .map(feature -> points[feature])
                            .sum());
        }
    }
}
