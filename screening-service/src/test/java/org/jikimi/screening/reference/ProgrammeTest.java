package org.jikimi.screening.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jikimi.screening.reference.Cadence.Period;
import org.junit.jupiter.api.Test;

/** In which months of a year each programme looks for children. */
class ProgrammeTest {
    private static final LocalDate NEW_YEARS_EVE = LocalDate.of(2026, 12, 31);

    @Test
    void theQuarterlyScreeningIsDueInEveryQuarter() {
        assertThat(of2027(Programme.QUARTERLY_SCREENING))
                .containsExactly(
                        period("01-01", "03-31"),
                        period("04-01", "06-30"),
                        period("07-01", "09-30"),
                        period("10-01", "12-31"));
    }

    @Test
    void theSurveyOfThreeYearOldsIsDueFromOctober() {
        assertThat(of2027(Programme.AGE_THREE_SURVEY)).containsExactly(period("10-01", "12-31"));
        assertThat(Programme.AGE_THREE_SURVEY.cadence().at(LocalDate.of(2027, 9, 30)))
                .isEmpty();
        assertThat(Programme.AGE_THREE_SURVEY.cadence().at(LocalDate.of(2027, 10, 1)))
                .isPresent();
    }

    @Test
    void theJointInspectionAndTheSurveyOfTemporaryNumbersAreDueTwiceAYear() {
        for (var programme : List.of(Programme.JOINT_INSPECTION, Programme.TEMPORARY_NUMBER_SURVEY)) {
            assertThat(of2027(programme))
                    .as(programme.name())
                    .containsExactly(period("01-01", "06-30"), period("07-01", "12-31"));
        }
    }

    @Test
    void theInvestigationOfTheYoungestIsDueWheneverAnAnalystPlansIt() {
        assertThat(of2027(Programme.UNDER_TWO_INVESTIGATION)).isEmpty();
    }

    private static Period period(String from, String to) {
        return new Period(LocalDate.parse("2027-" + from), LocalDate.parse("2027-" + to));
    }

    private static List<Period> of2027(Programme programme) {
        var periods = new ArrayList<Period>();
        var next = programme.cadence().after(NEW_YEARS_EVE);
        while (next.isPresent() && next.get().from().getYear() == 2027) {
            periods.add(next.get());
            next = programme.cadence().after(next.get().from());
        }
        return periods;
    }
}
