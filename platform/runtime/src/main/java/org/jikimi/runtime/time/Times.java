package org.jikimi.runtime.time;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;

/** The one clock of a service: instants are UTC, dates are Seoul's. */
public final class Times {
    public static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    private final InstantSource source;

    public Times(InstantSource source) {
        this.source = source;
    }

    public Instant now() {
        return source.instant();
    }

    /** Today's date in Seoul. */
    public LocalDate today() {
        return dateOf(source.instant());
    }

    /** The date in Seoul at an instant. */
    public static LocalDate dateOf(Instant instant) {
        return LocalDate.ofInstant(instant, SEOUL);
    }
}
