package org.jikimi.runtime.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** The calendar that dates and deadlines are counted by. A pure value: whoever asks brings the instant. */
public final class Seoul {
    public static final ZoneId ZONE = ZoneId.of("Asia/Seoul");

    private Seoul() {}

    /** The date in Seoul at an instant. */
    public static LocalDate dateOf(Instant instant) {
        return LocalDate.ofInstant(instant, ZONE);
    }
}
