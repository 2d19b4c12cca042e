package org.jikimi.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The child processes of one stack. Each is recorded as soon as it runs, so that none is ever lost sight of. */
final class Children {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Layout layout;
    private final Map<String, Child> running = new HashMap<>();
    private boolean closed;

    Children(Layout layout) {
        this.layout = layout;
    }

    /** One running part. */
    record Child(String part, Process process, RunRecord record, Path log) {
        boolean isAlive() {
            return process.isAlive();
        }

        /** Fails with one sentence that names the log if the process has ended. */
        void requireAlive() {
            if (!process.isAlive()) {
                throw new StackFailure(
                        part + " ended at its start with code " + process.exitValue() + ": see " + log + ".");
            }
        }
    }

    /** Starts a part in a session of its own, so that Ctrl-C reaches the launcher alone, which ends parts in order. */
    Child start(String part, List<String> command, Map<String, String> environment, RunRecord.Signal signal) {
        var log = layout.log(part);
        var builder = new ProcessBuilder(inOwnSession(command))
                .directory(layout.data().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        synchronized (this) {
            if (closed) {
                throw new StackFailure(part + " was not started: the stack is ending.");
            }
            try {
                var process = builder.start();
                var child = new Child(part, process, RunRecord.of(part, process.toHandle(), signal), log);
                running.put(part, child);
                child.record().write(layout.run());
                return child;
            } catch (IOException e) {
                throw new StackFailure(part + " cannot be started: " + e.getMessage() + ".", e);
            }
        }
    }

    /** Runs a preparing step of a part to its end. */
    void run(String part, List<String> command, Map<String, String> environment) {
        var child = start(part, command, environment, RunRecord.Signal.TERM);
        int exit;
        try {
            exit = child.process().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackFailure("The start of " + part + " was interrupted.", e);
        }
        forget(part);
        if (exit != 0) {
            throw new StackFailure(part + " could not be prepared (code " + exit + "): see " + child.log() + ".");
        }
    }

    /** Keeps the log of the run before as {@code PART.log.1}. */
    void turnLog(String part) {
        var log = layout.log(part);
        try {
            if (Files.exists(log)) {
                Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new StackFailure(log + " cannot be turned: " + e.getMessage() + ".", e);
        }
    }

    synchronized Optional<Child> of(String part) {
        return Optional.ofNullable(running.get(part));
    }

    /** Ends a part and its descendants; nothing if it does not run. */
    void end(String part) {
        of(part).ifPresent(child -> {
            child.record().end(PATIENCE);
            forget(part);
        });
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** From now on no part can be started. */
    synchronized void close() {
        closed = true;
    }

    /** Ends what a launcher that was killed has left behind: recorded processes alone, all at once. */
    static void endLeftOvers(Path runDirectory) {
        var threads = new ArrayList<Thread>();
        for (var left : RunRecord.all(runDirectory)) {
            threads.add(Thread.ofVirtual().start(() -> {
                left.end(PATIENCE);
                remove(RunRecord.file(runDirectory, left.part()));
            }));
        }
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StackFailure("Ending the processes of the run before was interrupted.", e);
            }
        }
    }

    private synchronized void forget(String part) {
        running.remove(part);
        remove(RunRecord.file(layout.run(), part));
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new StackFailure(file + " cannot be removed: " + e.getMessage() + ".", e);
        }
    }

    private static List<String> inOwnSession(List<String> command) {
        var whole = new ArrayList<String>();
        if (onPath("setsid")) {
            whole.add("setsid");
        } else if (onPath("perl")) {
            whole.addAll(List.of("perl", "-e", "use POSIX; POSIX::setsid(); exec @ARGV or die", "--"));
        }
        whole.addAll(command);
        return whole;
    }

    private static boolean onPath(String program) {
        for (var directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return true;
            }
        }
        return false;
    }
}
