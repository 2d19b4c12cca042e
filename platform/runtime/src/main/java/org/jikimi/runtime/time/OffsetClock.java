package org.jikimi.runtime.time;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The simulated clock of demonstrations: the machine's time plus what a file says, read anew while running. The file
 * holds one ISO-8601 duration such as {@code PT72H}; none means no offset. Never used in production.
 */
public final class OffsetClock implements InstantSource {
    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(50).toNanos();

    private final Path file;
    private volatile Reading reading;

    private record Reading(Duration offset, long at) {}

    /** A clock that starts with what the file says now. */
    public OffsetClock(Path file) {
        this.file = file;
        this.reading = new Reading(read(), System.nanoTime());
    }

    @Override
    public Instant instant() {
        var now = System.nanoTime();
        if (now - reading.at() > LOOK_AGAIN_NANOS) {
            reading = new Reading(read(), now);
        }
        return InstantSource.system().instant().plus(reading.offset());
    }

    private Duration read() {
        try {
            var text = Files.exists(file) ? Files.readString(file).strip() : "";
            return text.isEmpty() ? Duration.ZERO : Duration.parse(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
