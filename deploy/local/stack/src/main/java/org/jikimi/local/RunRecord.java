package org.jikimi.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A process of the stack as {@code run/PART.json} remembers it. The start time tells it from a stranger that was given
 * the same number later.
 */
record RunRecord(String part, long pid, Instant startedAt, Signal signal) {
    private static final Pattern WRITTEN = Pattern.compile(
            "\\{\"part\":\"([a-z-]+)\",\"pid\":(\\d+),\"startedAt\":\"([^\"]+)\",\"signal\":\"([A-Z]+)\"}\\s*");
    /** Systems tell start times in ticks, and count them from a boot time that they round. */
    private static final Duration SAME = Duration.ofSeconds(2);

    /** What asks a process to end in good order. */
    enum Signal {
        TERM,
        INT
    }

    static RunRecord of(String part, ProcessHandle process, Signal signal) {
        var startedAt = process.info().startInstant().orElse(Instant.EPOCH);
        return new RunRecord(part, process.pid(), startedAt, signal);
    }

    static Path file(Path directory, String part) {
        return directory.resolve(part + ".json");
    }

    void write(Path directory) {
        SecretFiles.write(
                file(directory, part),
                "{\"part\":\"%s\",\"pid\":%d,\"startedAt\":\"%s\",\"signal\":\"%s\"}%n"
                        .formatted(part, pid, startedAt, signal));
    }

    /** The record of one part; empty if there is none, or none that can be understood. */
    static Optional<RunRecord> read(Path directory, String part) {
        var file = file(directory, part);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var found = WRITTEN.matcher(Files.readString(file));
            if (!found.matches()) {
                return Optional.empty();
            }
            return Optional.of(new RunRecord(
                    found.group(1),
                    Long.parseLong(found.group(2)),
                    Instant.parse(found.group(3)),
                    Signal.valueOf(found.group(4))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<RunRecord> all(Path directory) {
        var records = new ArrayList<RunRecord>();
        if (!Files.isDirectory(directory)) {
            return records;
        }
        try (var files = Files.newDirectoryStream(directory, "*.json")) {
            for (var file : files) {
                var name = file.getFileName().toString();
                read(directory, name.substring(0, name.length() - ".json".length()))
                        .ifPresent(records::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return records;
    }

    /** The process, if it still runs: the number and the start time must both be right. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info()
                        .startInstant()
                        .filter(started ->
                                Duration.between(started, startedAt).abs().compareTo(SAME) < 0)
                        .isPresent());
    }

    /** Asks the process to end, waits, and ends it and its descendants by force if it has not. */
    void end(Duration patience) {
        var running = process();
        if (running.isEmpty()) {
            return;
        }
        var process = running.get();
        var descendants = process.descendants().toList();
        ask(process);
        var until = System.nanoTime() + patience.toNanos();
        while (process.isAlive() && System.nanoTime() < until) {
            Pause.ofMillis(20);
        }
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        while (process.isAlive() || descendants.stream().anyMatch(ProcessHandle::isAlive)) {
            Pause.ofMillis(20);
        }
    }

    private void ask(ProcessHandle process) {
        if (signal == Signal.TERM) {
            process.destroy();
            return;
        }
        try {
            new ProcessBuilder("kill", "-" + signal, String.valueOf(pid))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            process.destroy();
        }
    }
}
