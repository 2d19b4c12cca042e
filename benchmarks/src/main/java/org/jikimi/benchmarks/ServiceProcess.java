package org.jikimi.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jikimi.testkit.ServiceParts;

/**
 * A service as it runs in earnest: started from its jar with the flags of the local stack, against a real
 * PostgreSQL with fsync on and a real Kafka.
 */
final class ServiceProcess implements AutoCloseable {
    /** As {@code ./jikimi up} gives it. */
    static final int HEAP_MB = 256;

    /** Beside those of events; a service does not make its topics itself. */
    private static final String OWN_TOPICS = "screening.round-ranges";

    private static final int MILLIS_OF_A_TICK = 10; // USER_HZ is 100 on every Linux that Java runs on
    private static final Duration COLLECT_EVERY = Duration.ofMillis(250);
    private static final Duration START_WITHIN = Duration.ofMinutes(3);
    private static final Pattern AFTER_FULL_COLLECTION = Pattern.compile("Pause Full .* \\d+M->(\\d+)M\\(\\d+M\\)");

    private final Process process;
    private final Path directory;
    private final String database;
    private final URI address;
    private final Map<Long, Long> ticksOfConnections = new HashMap<>();

    private ServiceProcess(Process process, Path directory, String database, URI address) {
        this.process = process;
        this.directory = directory;
        this.database = database;
        this.address = address;
    }

    /**
     * Starts it, with its parts, and waits until it is ready.
     *
     * @param module such as {@code case-service}
     * @param directory for its configuration and logs; each process needs its own
     * @param more settings beside those of its parts
     * @param flags of its JVM
     */
    static ServiceProcess start(String module, Path directory, Map<String, String> more, String... flags)
            throws IOException {
        var jar = Path.of(module, "target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is not built");
        }
        var config = new Properties();
        var parts = new ServiceParts();
        parts.init(Map.of("topics", OWN_TOPICS));
        config.putAll(parts.start());
        config.putAll(more);
        int port = freePort();
        config.setProperty("quarkus.http.port", String.valueOf(port));
        var file = Files.createFile(
                directory.resolve("service.properties"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var out = Files.newOutputStream(file)) {
            config.store(out, null);
        }
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MB + "m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xlog:gc:file=" + directory.resolve("gc.log")));
        command.addAll(List.of(flags));
        command.addAll(List.of("-jar", jar.toString()));
        var builder = new ProcessBuilder(command);
        builder.environment().put("SMALLRYE_CONFIG_LOCATIONS", file.toUri().toString());
        builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("service.log").toFile());
        var started = new ServiceProcess(
                builder.start(),
                directory,
                config.getProperty("jikimi.db.url"),
                URI.create("http://127.0.0.1:" + port));
        Runtime.getRuntime().addShutdownHook(new Thread(started.process::destroyForcibly));
        started.awaitReady();
        return started;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() {
        var until = System.nanoTime() + START_WITHIN.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > until) {
                throw new IllegalStateException("the service did not start: see " + directory.resolve("service.log"));
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    private boolean isReady() {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(address.resolve("/q/health/ready"));
            return http.send(request.build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    URI address() {
        return address;
    }

    /** A connection of the database's superuser, for limits and oracles. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(database, "postgres", "postgres");
    }

    /**
     * What it and the connections of its database have used of the processors, as far as it was seen: of a connection that
     * has ended counts what it had used when this was last asked.
     */
    Duration processorTime(Connection superuser) throws IOException, SQLException {
        try (var select = superuser.prepareStatement("""
                        SELECT pid FROM pg_stat_activity
                        WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()""");
                var row = select.executeQuery()) {
            while (row.next()) {
                long pid = row.getLong(1);
                ticksOfConnections.merge(pid, ticksOf(pid), Math::max);
            }
        }
        long connections =
                ticksOfConnections.values().stream().mapToLong(Long::longValue).sum();
        return Duration.ofMillis((ticksOf(process.pid()) + connections) * MILLIS_OF_A_TICK);
    }

    /** User and system time of a process, as Linux tells it. */
    private static long ticksOf(long pid) throws IOException {
        try {
            var stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 15);
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        } catch (NoSuchFileException ended) {
            return 0;
        }
    }

    /** Something that the service is asked to do. */
    interface Work {
        void run() throws IOException;
    }

    /** The most of {@link #liveHeap} while it does something. Collecting again and again slows that down: it is not timed. */
    int mostLiveHeap(Work work) throws IOException {
        int most = liveHeap();
        var done = CompletableFuture.runAsync(() -> {
            try {
                work.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        while (!done.isDone()) {
            most = Math.max(most, liveHeap());
            LockSupport.parkNanos(COLLECT_EVERY.toNanos());
        }
        done.join();
        return most;
    }

    /** Has it collect all its garbage, as {@code jcmd GC.run} does, and answers what is left in its heap, in MB. */
    int liveHeap() throws IOException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var collect = new ProcessBuilder(jcmd, String.valueOf(process.pid()), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (collect.waitFor() != 0) {
                throw new IllegalStateException("jcmd GC.run ended with " + collect.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        int left = -1;
        for (var line : Files.readAllLines(directory.resolve("gc.log"))) {
            var found = AFTER_FULL_COLLECTION.matcher(line);
            if (found.find()) {
                left = Integer.parseInt(Objects.requireNonNull(found.group(1)));
            }
        }
        return left;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(Duration.ofSeconds(20))) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
