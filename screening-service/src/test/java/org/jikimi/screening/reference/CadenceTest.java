package org.jikimi.screening.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.Optional;
import org.jikimi.screening.reference.Cadence.Period;
import org.junit.jupiter.api.Test;

class CadenceTest {
    private static Optional<Period> period(String from, String to) {
        return Optional.of(new Period(LocalDate.parse(from), LocalDate.parse(to)));
    }

    @Test
    void aQuarterHoldsItsFirstAndLastDay() {
        assertEquals(period("2026-10-01", "2026-12-31"), Cadence.QUARTERLY.at(LocalDate.parse("2026-10-01")));
        assertEquals(period("2026-10-01", "2026-12-31"), Cadence.QUARTERLY.at(LocalDate.parse("2026-12-31")));
        assertEquals(period("2027-01-01", "2027-03-31"), Cadence.QUARTERLY.after(LocalDate.parse("2026-10-01")));
    }

    @Test
    void theYearlySurveyIsDueFromOctoberOnly() {
        assertEquals(Optional.empty(), Cadence.YEARLY_FROM_OCTOBER.at(LocalDate.parse("2026-09-30")));
        assertEquals(
                period("2026-10-01", "2026-12-31"), Cadence.YEARLY_FROM_OCTOBER.after(LocalDate.parse("2026-09-30")));
        assertEquals(
                period("2027-10-01", "2027-12-31"), Cadence.YEARLY_FROM_OCTOBER.after(LocalDate.parse("2026-10-01")));
    }

    @Test
    void twiceAYearLeavesNoGap() {
        assertEquals(period("2026-01-01", "2026-06-30"), Cadence.TWICE_A_YEAR.at(LocalDate.parse("2026-06-30")));
        assertEquals(period("2026-07-01", "2026-12-31"), Cadence.TWICE_A_YEAR.at(LocalDate.parse("2026-07-01")));
    }

    @Test
    void whatIsPlannedHasNoPeriod() {
        assertEquals(Optional.empty(), Cadence.PLANNED.at(LocalDate.parse("2026-07-01")));
        assertEquals(Optional.empty(), Cadence.PLANNED.after(LocalDate.parse("2026-07-01")));
    }
}
