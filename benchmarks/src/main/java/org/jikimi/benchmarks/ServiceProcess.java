package org.jikimi.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jikimi.testkit.ServiceParts;

/**
 * The screening service as it runs in earnest: started from its jar with the flags of the local stack, against a real
 * PostgreSQL with fsync on and a real Kafka.
 */
final class ScreeningProcess implements AutoCloseable {
    /** As {@code ./jikimi up} gives it. */
    static final int HEAP_MB = 256;

    private static final Path JAR = Path.of("screening-service/target/quarkus-app/quarkus-run.jar");
    private static final Duration START_WITHIN = Duration.ofMinutes(3);
    private static final Pattern AFTER_FULL_COLLECTION = Pattern.compile("Pause Full .* \\d+M->(\\d+)M\\(\\d+M\\)");

    private final Process process;
    private final Path directory;
    private final String database;
    private final URI address;

    private ScreeningProcess(Process process, Path directory, String database, URI address) {
        this.process = process;
        this.directory = directory;
        this.database = database;
        this.address = address;
    }

    /** Starts it, with its parts, and waits until it is ready. */
    static ScreeningProcess start(Path directory) throws IOException {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException(JAR + " is not built");
        }
        var config = new Properties();
        config.putAll(new ServiceParts().start());
        config.setProperty("jikimi.screening.demonstration", "true"); // its children are synthetic
        int port = freePort();
        config.setProperty("quarkus.http.port", String.valueOf(port));
        var file = Files.createFile(
                directory.resolve("screening.properties"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var out = Files.newOutputStream(file)) {
            config.store(out, null);
        }
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MB + "m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xlog:gc:file=" + directory.resolve("gc.log"),
                "-jar",
                JAR.toString());
        builder.environment().put("SMALLRYE_CONFIG_LOCATIONS", file.toUri().toString());
        builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("screening.log").toFile());
        var started = new ScreeningProcess(
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
        var api = new ScreeningApi(address);
        while (!api.isReady()) {
            if (!process.isAlive() || System.nanoTime() > until) {
                throw new IllegalStateException("the service did not start: see " + directory.resolve("screening.log"));
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    ScreeningApi api() {
        return new ScreeningApi(address);
    }

    /** A connection of the database's superuser, for limits and oracles. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(database, "postgres", "postgres");
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
