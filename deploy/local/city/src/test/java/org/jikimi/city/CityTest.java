package org.jikimi.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CityTest {
    private static final int CHILDREN = 100_000;
    private final City city = new City(CHILDREN, 1, LocalDate.of(2026, 10, 1));

    private final Set<String> identifiers = new HashSet<>();
    private final Map<String, Integer> byDistrict = new HashMap<>();
    private final Map<Truth, Integer> truths = new HashMap<>();
    private final Map<String, Integer> byIndicator = new HashMap<>();
    private int children;
    private int passing;
    private int temporary;
    private int underTwo;
    private int reports;
    private int trueReports;
    private int signals;
    private int cleared;
    private int utilitiesWithArrears;
    private int utilities;
    private int arrears;
    private int households;
    private int impossible;

    @BeforeAll
    void countTheCity() {
        var all = new Signals(city);
        city.forEachHousehold(household -> {
            households++;
            for (Child child : household.children()) {
                count(household, child);
            }
            var seen = new HashSet<String>();
            all.of(household, signal -> {
                signals++;
                seen.add(signal.indicator().code());
                byIndicator.merge(signal.indicator().code(), 1, Integer::sum);
                LocalDate until = signal.clearedOn();
                cleared += until == null ? 0 : 1;
                boolean backwards = until != null && until.isBefore(signal.observedOn());
                impossible += backwards || signal.observedOn().isAfter(city.asOf()) ? 1 : 0;
            });
            boolean cutOff = seen.stream().anyMatch(code -> code.endsWith("_CUTOFF"));
            boolean owes = seen.contains("HEALTH_INSURANCE_ARREARS");
            utilities += cutOff ? 1 : 0;
            arrears += owes ? 1 : 0;
            utilitiesWithArrears += cutOff && owes ? 1 : 0;
            Report.of(city, household, report -> {
                reports++;
                trueReports += report.child().truth() == Truth.ABUSED ? 1 : 0;
            });
        });
    }

    private void count(Household household, Child child) {
        children++;
        Identifier id = child.identifier();
        identifiers.add(id.value());
        passing += Identifier.passesCheckDigit(id.value()) ? 1 : 0;
        temporary += id.scheme().equals("RRN") ? 0 : 1;
        underTwo += child.ageYears() < 2 ? 1 : 0;
        byDistrict.merge(household.district().code(), 1, Integer::sum);
        truths.merge(child.truth(), 1, Integer::sum);
        impossible += child.ageYears() < 0 || child.ageYears() > 17 ? 1 : 0;
    }

    @Test
    void thereAreExactlyAsManyChildrenAsAskedFor() {
        assertThat(children).isEqualTo(CHILDREN);
    }

    @Test
    void noIdentifierPassesTheCheckDigitAndNoneIsGivenTwice() {
        assertThat(passing).isZero();
        assertThat(identifiers).hasSize(CHILDREN);
    }

    @Test
    void everyIndicatorOccurs() {
        assertThat(byIndicator).hasSize(44);
    }

    @Test
    void everyDistrictHasChildrenInProportion() {
        assertThat(byDistrict).hasSize(25);
        for (District district : District.all()) {
            double expected = (double) CHILDREN * district.weight() / District.totalWeight();
            assertThat((double) byDistrict.getOrDefault(district.code(), 0))
                    .isBetween(expected * 0.85, expected * 1.15);
        }
    }

    @Test
    void dongsAreSixteenToEighteenADistrictAndAllDifferent() {
        assertThat(District.all())
                .hasSize(25)
                .allSatisfy(district -> assertThat(district.dongs())
                        .hasSizeBetween(16, 18)
                        .doesNotHaveDuplicates()
                        .allMatch(dong -> dong.matches("\\d{8}00") && dong.startsWith(district.code())));
    }

    @Test
    void prevalenceStaysWithinPlausibleBounds() {
        assertThat(signals / (double) CHILDREN).isBetween(0.4, 1.2);
        assertThat(cleared / (double) signals).isBetween(0.04, 0.08);
        assertThat(temporary / (double) underTwo).isBetween(0.0005, 0.004);
        assertThat(children / (double) households).isBetween(1.3, 1.7);
        assertThat(impossible).isZero();
    }

    @Test
    void abuseIsRareAndNeedIsNot() {
        assertThat(truths.getOrDefault(Truth.ABUSED, 0) / (double) CHILDREN).isBetween(0.003, 0.005);
        assertThat(truths.getOrDefault(Truth.NEEDS_WELFARE, 0) / (double) CHILDREN)
                .isBetween(0.018, 0.027);
    }

    @Test
    void somebodyReportsAboutAHundredAndFortyFiveAQuarterAndHalfOfThemAreTrue() {
        assertThat(reports).isBetween(115, 175);
        assertThat(trueReports / (double) reports).isBetween(0.38, 0.62);
    }

    @Test
    void troublesComeTogether() {
        double together = utilitiesWithArrears / (double) utilities;
        double alone = arrears / (double) households;
        assertThat(together).isGreaterThan(2 * alone);
    }

    @Test
    void whatIsSoCanBeAskedByTheNameHeardAtTheDoor() {
        Child child = city.household(4711).children().getFirst();
        assertThat(city.truthOf(child.name())).isEqualTo(child.truth());
        assertThat(city.truthOf("somebody else")).isNull();
        assertThat(city.scriptOf(city.household(1).children().getFirst().name()))
                .isEqualTo(Script.REFUSED_TWICE);
    }

    @Test
    void aHouseholdIsTheSameWithoutTheOthers() {
        assertThat(city.household(4711)).isEqualTo(new City(10, 1, city.asOf()).household(4711));
    }

    @Test
    void everyDongCanMakeAVisitAndTheCityMakesAboutThreeAndAHalfPerThousandChildren() {
        assertThat(DongCapacity.of(CHILDREN)).allMatch(capacity -> capacity.visits() >= 1);
        int visits = DongCapacity.of(1_100_000).stream()
                .mapToInt(DongCapacity::visits)
                .sum();
        assertThat(visits).isBetween(3_700, 4_200);
    }

    @Test
    void agenciesHaveTheFixedIdsThatSampleUsersWorkFor() {
        assertThat(Agency.id("CPA", 10)).hasToString("00000000-0000-7000-8001-000000000010");
        assertThat(Agency.id("WELFARE_CENTRE", 11350)).hasToString("00000000-0000-7000-8008-000000011350");
        assertThat(Agency.of(CHILDREN)).hasSize(130).extracting(Agency::id).doesNotHaveDuplicates();
    }

    @Test
    void citiesOfOtherHouseholdsShareNoChildAndEachHasItsScripts() {
        var other = new City(100, 2, city.asOf(), 1_000);
        var own = new HashSet<String>();
        new City(100, 1, city.asOf())
                .forEachHousehold(household -> household
                        .children()
                        .forEach(child -> own.add(child.identifier().value())));
        var scripts = new HashSet<Script>();

        other.forEachHousehold(household -> {
            assertThat(household.children())
                    .noneMatch(child -> own.contains(child.identifier().value()));
            if (household.script() != null) {
                scripts.add(household.script());
            }
        });

        assertThat(scripts).containsExactlyInAnyOrderElementsOf(Script.all());
        assertThat(other.truthOf(city.household(5).children().getFirst().name()))
                .as("a child of another city")
                .isNull();
    }
}
