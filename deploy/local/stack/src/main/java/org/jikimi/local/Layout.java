package org.jikimi.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Properties;
import org.jikimi.city.story.OffsetFile;

/**
 * Where everything lies.
 *
 * @param root the repository that was built
 * @param data the data directory of one stack
 * @param realm the realm that a new data directory begins with
 */
record Layout(Path root, Path data, Path realm) {
    private static final long NEEDED_SPACE = 1L << 30;

    Layout(Path root, Path data) {
        this(root, data, root.resolve("deploy/keycloak/jikimi-realm.json"));
    }

    /** The data directory by default, or the one that was asked for. */
    static Layout of(Path root, @org.jspecify.annotations.Nullable Path data) {
        return new Layout(
                root,
                (data == null ? root.resolve(".jikimi") : data).toAbsolutePath().normalize());
    }

    Path secrets() {
        return data.resolve("secrets");
    }

    /** The secrets of a stack that was started before. */
    Secrets knownSecrets() {
        if (!Files.exists(secrets().resolve("stack.properties"))) {
            throw new StackFailure("There is no stack in " + data + ": ./jikimi up starts one.");
        }
        return Secrets.in(secrets());
    }

    Path logs() {
        return data.resolve("logs");
    }

    Path log(String part) {
        return logs().resolve(part + ".log");
    }

    Path run() {
        return data.resolve("run");
    }

    /** Holds what simulated time is ahead of the machine's clock, as an ISO-8601 duration. */
    Path clockOffset() {
        return data.resolve("clock-offset");
    }

    /** Where the services anchor the heads of their audit chains, outside the databases. */
    Path anchors() {
        return data.resolve("anchors");
    }

    /** The simulated clock. */
    OffsetFile clock() throws IOException {
        return new OffsetFile(clockOffset());
    }

    Path kafkaJars() {
        return built("deploy/local/broker/target/lib");
    }

    Path keycloak() {
        var target = root.resolve("deploy/local/keycloak/target");
        if (Files.isDirectory(target)) {
            try (var found = Files.list(target)) {
                var server = found.filter(file -> Files.exists(file.resolve("lib/quarkus-run.jar")))
                        .max(Comparator.naturalOrder());
                if (server.isPresent()) {
                    return server.get();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw notBuilt(target);
    }

    Path serviceJar(Service service) {
        return built(service.module() + "/target/quarkus-app/quarkus-run.jar");
    }

    private Path built(String path) {
        var file = root.resolve(path);
        if (!Files.exists(file)) {
            throw notBuilt(file);
        }
        return file;
    }

    private static StackFailure notBuilt(Path file) {
        return new StackFailure(file + " is missing: ./jikimi up builds what is not built.");
    }

    /** Makes the data directory, for its owner alone, or says why that cannot be. */
    void prepare() {
        try {
            for (var directory : new Path[] {data, secrets(), logs(), run(), anchors()}) {
                if (!Files.isDirectory(directory)) {
                    Files.createDirectories(directory);
                    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
                }
            }
            var probe = Files.createTempFile(data, "probe", "");
            Files.delete(probe);
            if (!Files.exists(clockOffset())) {
                Files.writeString(clockOffset(), "PT0S");
            }
            if (Files.getFileStore(data).getUsableSpace() < NEEDED_SPACE) {
                throw new StackFailure(
                        "The disk of " + data + " is full: the stack needs 1 GB free, or --data elsewhere.");
            }
        } catch (IOException e) {
            throw new StackFailure("The data directory " + data + " cannot be written (" + e.getMessage()
                    + "): choose another with --data.");
        }
    }

    void writePorts(Ports ports) {
        var properties = new Properties();
        ports.byPart().forEach((part, port) -> properties.setProperty(part, String.valueOf(port)));
        SecretFiles.write(data.resolve("ports.properties"), properties);
    }

    /** The ports of the newest run from this data directory; the standard ones if there was none. */
    Ports ports() {
        var file = data.resolve("ports.properties");
        return Files.exists(file) ? Ports.of(SecretFiles.read(file)) : Ports.standard();
    }
}
