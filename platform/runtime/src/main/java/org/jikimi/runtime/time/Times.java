package org.jikimi.runtime.time;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;

/** The one clock of a service: instants are UTC, dates are Seoul's. */
public final class Times {
    private final InstantSource source;

    public Times(InstantSource source) {
        this.source = source;
    }

    public Instant now() {
        return source.instant();
    }

    /** Today's date in Seoul. */
    public LocalDate today() {
        return Seoul.dateOf(source.instant());
    }
}
