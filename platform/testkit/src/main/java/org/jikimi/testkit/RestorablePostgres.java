package org.jikimi.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import javax.sql.DataSource;

/**
 * A real PostgreSQL of its own, whose files are copied while it is stopped and put back later, as after a disaster. It
 * keeps its port, so that its clients find it again.
 */
public final class RestorablePostgres implements AutoCloseable {
    private static final Path EMPTY = temporary("jikimi-restorable-empty");

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(EMPTY)));
    }

    private final Path directory;
    private final int port;
    private EmbeddedPostgres server;

    private RestorablePostgres() {
        try {
            directory = temporary("jikimi-restorable");
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = socket.getLocalPort();
            }
            synchronized (EMPTY) {
                if (Files.notExists(EMPTY.resolve("data"))) {
                    launch(EMPTY.resolve("data")).close();
                }
            }
            copy(EMPTY.resolve("data"), data());
            server = launch(data());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a server on a free port. The first makes the files that all others begin with, too. */
    public static RestorablePostgres start() {
        return new RestorablePostgres();
    }

    private static Path temporary(String name) {
        try {
            return Files.createTempDirectory(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A database; connections from it are not pooled, and go to whichever server runs at the time. */
    public DataSource database(String name) {
        return server.getDatabase("postgres", name);
    }

    /** What is done while the server is down. */
    @FunctionalInterface
    public interface Meanwhile {
        void happens() throws Exception;
    }

    /** Stops the server, and starts it again afterwards. */
    public void whileStopped(Meanwhile meanwhile) throws Exception {
        server.close();
        try {
            meanwhile.happens();
        } finally {
            server = launch(data());
        }
    }

    /** Stops the server, copies its files, and starts it again. */
    public void backUp() {
        try {
            server.close();
            delete(backup());
            copy(data(), backup());
            server = launch(data());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the server, throws away what it has become, and starts it from the copy. */
    public void restore() {
        try {
            server.close();
            delete(data());
            copy(backup(), data());
            server = launch(data());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path backup() {
        return directory.resolve("backup");
    }

    private EmbeddedPostgres launch(Path data) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("fsync", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .start();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path place, BasicFileAttributes attributes) throws IOException {
                Files.copy(place, to.resolve(from.relativize(place)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void delete(Path tree) {
        if (Files.notExists(tree)) {
            return;
        }
        try (var files = Files.walk(tree)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
