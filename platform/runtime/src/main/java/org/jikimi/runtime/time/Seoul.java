package org.jikimi.runtime.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/** The calendar that dates and deadlines are counted by. A pure value: whoever asks brings the instant. */
public final class Seoul {
    public static final ZoneId ZONE = ZoneId.of("Asia/Seoul");

    private Seoul() {}

    /** The date in Seoul at an instant. */
    public static LocalDate dateOf(Instant instant) {
        return LocalDate.ofInstant(instant, ZONE);
    }

    /** The first instant after one at which it is that time of the day in Seoul. */
    public static Instant next(LocalTime time, Instant after) {
        var today = dateOf(after).atTime(time).atZone(ZONE);
        return (today.toInstant().isAfter(after) ? today : today.plusDays(1)).toInstant();
    }
}
