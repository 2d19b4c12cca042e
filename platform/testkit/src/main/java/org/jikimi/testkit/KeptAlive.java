package org.jikimi.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the kernel of Linux says of sockets that ask whether the other side is still there. */
public final class KeptAlive {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final String ESTABLISHED = "01";
    private static final String ASKS = "02";
    private static final int TICKS_PER_SECOND = 100;
    private static final int HEX = 16;

    private KeptAlive() {}

    /**
     * When the socket of this machine asks next, if it hears nothing until then; empty if it never asks.
     *
     * @param port its own
     */
    public static Optional<Duration> asksIn(int port) {
        return TABLES.stream()
                .filter(Files::exists)
                .flatMap(KeptAlive::rows)
                .map(row -> row.trim().split("\\s+"))
                .filter(row -> row[1].endsWith(":%04X".formatted(port)) && row[3].equals(ESTABLISHED))
                .map(row -> row[5].split(":"))
                .filter(timer -> timer[0].equals(ASKS))
                .map(timer -> Duration.ofSeconds(Long.parseLong(timer[1], HEX) / TICKS_PER_SECOND))
                .findFirst();
    }

    private static Stream<String> rows(Path table) {
        try {
            return Files.readAllLines(table).stream().skip(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
