package org.jikimi.screening.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LikenessTest {
    private static final LocalDate BORN = LocalDate.of(2023, 12, 5);

    @Test
    void aTemporaryNumberBesideAResidentNumberWithAllElseAlikeSpeaksMost() {
        var likeness = Likeness.of(entry("합성 하나", BORN, true, "TNN"), entry("합성하나", BORN, true, "RRN"));

        assertEquals(
                new Likeness(1, List.of("SAME_NAME", "SAME_BIRTH_DATE", "SAME_HOUSEHOLD", "TEMPORARY_NUMBER")),
                likeness);
    }

    @Test
    void oneWrongVowelIsASmallDifference() {
        var likeness = Likeness.of(entry("합성하나", BORN, false, "TMN"), entry("합성하너", BORN, false, "RRN"));

        assertEquals(List.of("SIMILAR_NAME", "SAME_BIRTH_DATE", "TEMPORARY_NUMBER"), likeness.reasons());
        assertTrue(likeness.score() >= Likeness.WORTH_A_LOOK);
    }

    @Test
    void exchangedDigitsOrDayAndMonthCountLessThanTheSameDay() {
        for (var other : List.of(LocalDate.of(2023, 5, 12), LocalDate.of(2032, 12, 5))) {
            var likeness = Likeness.of(entry("합성하나", BORN, true, null), entry("합성하나", other, true, "RRN"));

            assertEquals(
                    new Likeness(
                            0.9, List.of("SAME_NAME", "TRANSPOSED_BIRTH_DATE", "SAME_HOUSEHOLD", "WITHOUT_NUMBER")),
                    likeness);
        }
    }

    @Test
    void twoResidentNumbersAreTwoChildrenUnlessNameAndBirthDateAreTheSame() {
        var twins = Likeness.of(entry("합성하나", BORN, true, "RRN"), entry("합성하너", BORN, true, "RRN"));
        var changed = Likeness.of(entry("합성하나", BORN, true, "RRN"), entry("합성하나", BORN, true, "RRN"));

        assertEquals(0, twins.score());
        assertEquals(0.9, changed.score());
    }

    @Test
    void siblingsNamedAlikeAreTwoChildren() {
        var likeness = Likeness.of(entry("합성하나", BORN, true, "TNN"), entry("합성하니", BORN.plusYears(3), true, "RRN"));

        assertEquals(0, likeness.score());
    }

    @Test
    void anotherNameOnTheSameDayIsNotWorthALook() {
        var likeness = Likeness.of(entry("합성하나", BORN, true, "TNN"), entry("가상둘", BORN, true, "RRN"));

        assertTrue(likeness.score() < Likeness.WORTH_A_LOOK);
    }

    private static Likeness.Entry entry(String name, LocalDate born, boolean sameHousehold, @Nullable String scheme) {
        return new Likeness.Entry(name, born, sameHousehold, scheme);
    }
}
