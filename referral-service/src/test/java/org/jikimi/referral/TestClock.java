package org.jikimi.referral;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is told to go on. */
public final class TestClock implements InstantSource {
    private final AtomicLong now =
            new AtomicLong(Instant.parse("2026-11-02T00:00:00Z").getEpochSecond());

    @Override
    public Instant instant() {
        return Instant.ofEpochSecond(now.get());
    }

    public void passes(Duration time) {
        now.addAndGet(time.toSeconds());
    }
}
