package org.jikimi.cases.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import org.jikimi.runtime.time.Seoul;

/**
 * The length of a clock, as ISO 8601 has it. Hours run on through nights, weekends and holidays. Months and days are
 * Seoul's and end at the hour at which they began, which is never later than the law's own count (the first day not
 * counted, Civil Act art. 157).
 */
record Term(String iso) {
    Instant after(Instant start) {
        return iso.startsWith("PT")
                ? start.plus(Duration.parse(iso))
                : start.atZone(Seoul.ZONE).plus(Period.parse(iso)).toInstant();
    }
}
