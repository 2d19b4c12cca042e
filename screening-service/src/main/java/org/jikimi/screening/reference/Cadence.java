package org.jikimi.screening.reference;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** When a programme's rounds are due: in periods that begin in the same months of every year. */
public enum Cadence {
    /** January, April, July, October; three months each. */
    QUARTERLY(1, 3, 3),
    /** October to December. */
    YEARLY_FROM_OCTOBER(10, 12, 3),
    /** Half a year each, from January and July. */
    TWICE_A_YEAR(1, 6, 6),
    /** When an analyst plans it: no period. */
    PLANNED(0, 0, 0);

    private static final int MONTHS_OF_A_YEAR = 12;

    private final int firstMonth;
    private final int everyMonths;
    private final int months;

    Cadence(int firstMonth, int everyMonths, int months) {
        this.firstMonth = firstMonth;
        this.everyMonths = everyMonths;
        this.months = months;
    }

    /**
     * A stretch of days in which a round is due.
     *
     * @param from first day
     * @param to last day
     */
    public record Period(LocalDate from, LocalDate to) {
        private boolean holds(LocalDate day) {
            return !day.isBefore(from) && !day.isAfter(to);
        }
    }

    /** The period that holds the day; empty between periods. */
    public Optional<Period> at(LocalDate day) {
        return periodsOf(day).stream().filter(period -> period.holds(day)).findFirst();
    }

    /** The first period that begins after the day; empty if none ever does. */
    public Optional<Period> after(LocalDate day) {
        return periodsOf(day).stream()
                .filter(period -> period.from().isAfter(day))
                .findFirst();
    }

    /** In their order, of the year and the next. */
    private List<Period> periodsOf(LocalDate day) {
        var periods = new ArrayList<Period>();
        if (everyMonths > 0) {
            var first = YearMonth.of(day.getYear(), firstMonth);
            for (int month = 0; month < 2 * MONTHS_OF_A_YEAR; month += everyMonths) {
                var begin = first.plusMonths(month);
                periods.add(
                        new Period(begin.atDay(1), begin.plusMonths(months - 1L).atEndOfMonth()));
            }
        }
        return periods;
    }
}
