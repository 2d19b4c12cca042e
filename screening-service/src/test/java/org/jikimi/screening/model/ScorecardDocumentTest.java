package org.jikimi.screening.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jikimi.screening.model.ScorecardDocument.AgeBand;
import org.jikimi.screening.model.ScorecardDocument.FamilyType;
import org.jikimi.screening.model.ScorecardDocument.Fault;
import org.jikimi.screening.model.ScorecardDocument.Weight;
import org.jikimi.screening.reference.FamilyTypes;
import org.jikimi.screening.reference.Indicators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScorecardDocumentTest {
    private static final ScorecardDocument SHIPPED = Models.shipped();

    @Test
    void everyWeightThatShipsNamesAStudyOrSaysThatItIsExpertJudgement() {
        var sources = Stream.of(
                        SHIPPED.indicators().stream().map(Weight::source),
                        SHIPPED.regions().stream().map(Weight::source),
                        SHIPPED.ageBands().stream().map(ScorecardDocument.AgeBand::source),
                        SHIPPED.familyTypes().stream().map(FamilyType::source))
                .flatMap(all -> all)
                .toList();

        assertThat(sources)
                .hasSizeGreaterThan(50)
                .allMatch(source -> source.matches(".+ (19|20)[0-9]{2}, doi:10[.][0-9]+/[^ ]+: .+")
                        || source.startsWith("expert judgement"));
        assertThat(sources).filteredOn(source -> source.contains("doi:")).hasSizeGreaterThanOrEqualTo(13);
        assertThat(SHIPPED.fault()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "Gas", "gas_1", "trainings"})
    void aNameThatNoPathCouldTellIsNoVersion(String name) {
        assertThat(ScorecardDocument.isVersion(name)).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void aWeightOfWhichNobodySaysWhereItComesFromIsRefused(String source) {
        assertThat(with(List.of(new Weight("POWER_CUTOFF", 5, source)), SHIPPED.familyTypes(), SHIPPED.regions())
                        .fault())
                .hasValueSatisfying(fault -> assertThat(fault.detail()).startsWith("POWER_CUTOFF has no source"));
    }

    /** 국적, 민족, 종교. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "NATIONALITY",
                "FOREIGN_NATIONALITY",
                "ETHNICITY",
                "ETHNIC_ORIGIN",
                "RACE",
                "RELIGION",
                "MULTICULTURAL_FAMILY",
                "MIGRANT_BACKGROUND"
            })
    void nationalityEthnicityAndReligionAreInNoCatalogueAndEnterNoModel(String code) {
        var weight = new Weight(code, 5, "expert judgement");

        assertThat(Indicators.of(code)).isEmpty();
        assertThat(FamilyTypes.CODES).doesNotContain(code);
        assertThat(with(plus(SHIPPED.indicators(), weight), SHIPPED.familyTypes(), SHIPPED.regions())
                        .fault())
                .contains(new Fault("indicators", "indicators holds an unknown code"));
        assertThat(with(
                                SHIPPED.indicators(),
                                plus(SHIPPED.familyTypes(), new FamilyType(code, 5, null, "expert judgement")),
                                SHIPPED.regions())
                        .fault())
                .contains(new Fault("familyTypes", "a family type is not as it must be"));
        assertThat(with(SHIPPED.indicators(), SHIPPED.familyTypes(), plus(SHIPPED.regions(), weight))
                        .fault())
                .contains(new Fault("regions", "a region is not as it must be"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SINGLE_PARENT", "GRANDPARENT"})
    void aFamilyTypeThatAnIndicatorTellsTooMustSaySoLestOneFactCountsTwice(String code) {
        var types = SHIPPED.familyTypes().stream()
                .map(type -> type.code().equals(code)
                        ? new FamilyType(type.code(), type.points(), null, type.source())
                        : type)
                .toList();

        assertThat(with(SHIPPED.indicators(), types, SHIPPED.regions()).fault())
                .hasValueSatisfying(
                        fault -> assertThat(fault.detail()).startsWith("family type " + code + " must name"));
    }

    @Test
    void aVersionThatGivesPointsForDecliningHelpIsRefused() {
        var points = with(declined(1), SHIPPED.familyTypes(), SHIPPED.regions());
        var none = with(declined(0), SHIPPED.familyTypes(), SHIPPED.regions());

        assertThat(points.fault())
                .contains(new Fault(
                        "indicators",
                        "REPEATED_VISIT_REFUSAL must give 0 points: declining help never raises a score"));
        assertThat(none.fault()).isEmpty();
    }

    private static List<Weight> declined(int points) {
        return List.of(new Weight("REPEATED_VISIT_REFUSAL", points, "expert judgement"));
    }

    @Test
    void theVersionThatShipsGivesNoPointsForDecliningHelpAndSaysWhy() {
        assertThat(SHIPPED.indicators())
                .filteredOn(weight -> ScorecardDocument.DECLINED.contains(weight.code()))
                .singleElement()
                .satisfies(weight -> {
                    assertThat(weight.points()).isZero();
                    assertThat(weight.source()).contains("never raises a score");
                });
    }

    /** The reasons of a flag are kept as CODE:points,CODE:points, and read by their codes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AGE:0-11",
                "0-11, infants",
                "age_under_1",
                "_AGE",
                "AGE_OF_A_CODE_THAT_IS_FORTY_ONE_LONG_XXXXX",
                "NO_MEDICAL_USE",
                "FAMILY_AGE",
                "REGION_AGE"
            })
    void aBandWhoseCodeCouldNotBeReadAsThatOfAnAgeIsRefused(String code) {
        assertThat(withBands("AGE_UNDER_1", code).fault())
                .hasValueSatisfying(fault -> assertThat(fault.field()).isEqualTo("ageBands"));
    }

    @Test
    void aBandIsNamedOnce() {
        assertThat(withBands("AGE_UNDER_1", "AGE_1_TO_2").fault()).isEmpty();
        assertThat(withBands("AGE_UNDER_1", "AGE_UNDER_1").fault()).isPresent();
    }

    private static ScorecardDocument withBands(String... codes) {
        var bands = Stream.of(codes)
                .map(code -> new AgeBand(code, 0, 12, 6, "expert judgement"))
                .toList();
        return new ScorecardDocument(
                "other-1", null, null, null, 20, 70, 5, List.of(), bands, SHIPPED.familyTypes(), SHIPPED.regions());
    }

    private static <T> List<T> plus(List<T> items, T item) {
        var more = new ArrayList<>(items);
        more.add(item);
        return more;
    }

    private static ScorecardDocument with(List<Weight> indicators, List<FamilyType> familyTypes, List<Weight> regions) {
        return new ScorecardDocument(
                "other-1", null, null, null, 20, 70, 5, indicators, SHIPPED.ageBands(), familyTypes, regions);
    }
}
