package org.jikimi.runtime.time;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OffsetClockTest {
    @Test
    void withoutAFileItShowsTheMachinesTime(@TempDir Path directory) {
        var clock = new OffsetClock(directory.resolve("none"));

        assertTrue(Duration.between(clock.instant(), Instant.now()).abs().toSeconds() < 5);
    }

    @Test
    void itLeapsWhenTheFileIsWritten(@TempDir Path directory) throws IOException {
        var file = directory.resolve("offset");
        var clock = new OffsetClock(file);

        Files.writeString(file, "P7D\n");

        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> Duration.between(Instant.now(), clock.instant()).toHours() >= 167);
    }
}
