package org.jikimi.cases.clock;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import java.util.stream.Collectors;
import org.jikimi.runtime.time.Seoul;

/**
 * Saturdays, Sundays and Korea's public holidays of 2025 to 2028 (Regulations on Holidays of Public Offices), with the
 * substitute holidays that follow from them. Temporary holidays are added to {@code reference/public-holidays.csv} when
 * they are announced; whether Constitution Day (17 July) counts from 2026 is to be confirmed, so it does not.
 */
final class Holidays {
    private static final Set<LocalDate> DAYS = ClockLaw.lines("/reference/public-holidays.csv").stream()
            .map(line -> LocalDate.parse(line.split(",", 2)[0]))
            .collect(Collectors.toUnmodifiableSet());

    private Holidays() {}

    static boolean isHoliday(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY || DAYS.contains(day);
    }

    /** Whether any of a Saturday or public holiday lies between two instants. */
    static boolean fallInto(Instant from, Instant to) {
        var last = Seoul.dateOf(to.minusMillis(1));
        return Seoul.dateOf(from).datesUntil(last.plusDays(1)).anyMatch(Holidays::isHoliday);
    }
}
