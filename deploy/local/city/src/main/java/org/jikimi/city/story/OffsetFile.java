package org.jikimi.city.story;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** The file from which the services of a local stack read, again and again, how far their clock is ahead. */
public final class OffsetFile implements ClockOffset {
    private final Path file;
    private Duration ahead;

    /**
     * @param file holds an ISO-8601 duration; absent or empty means zero
     * @throws IOException if it cannot be read
     */
    public OffsetFile(Path file) throws IOException {
        this.file = file.toAbsolutePath();
        String text = Files.exists(file) ? Files.readString(file).strip() : "";
        this.ahead = text.isEmpty() ? Duration.ZERO : Duration.parse(text);
    }

    @Override
    public synchronized Duration ahead() {
        return ahead;
    }

    @Override
    public synchronized void moveOn(Duration by) throws IOException {
        if (!by.isPositive()) {
            throw new IllegalArgumentException("a simulated clock only goes on, not by " + by);
        }
        Duration next = ahead.plus(by);
        Path fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), next + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        ahead = next;
    }
}
