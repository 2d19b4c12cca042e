package org.jikimi.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Keycloak with the realm of the platform in an H2 file. The first start of all builds the server for this database, the
 * first with a data directory imports the realm. It is started without its shell script, which would leave a process
 * between.
 */
final class Keycloak implements Part {
    private static final Duration START_WITHIN = Duration.ofMinutes(4);
    private static final List<String> FLAGS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-Xms64m",
            "-Xmx400m",
            "-XX:MaxMetaspaceSize=256m",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                    + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Dpicocli.disable.closures=true",
            "-Duser.language=en",
            "-Duser.country=US",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED");

    private final Layout layout;
    private final int port;
    private final Secrets secrets;
    private final Children children;

    Keycloak(Layout layout, int port, Secrets secrets, Children children) {
        this.layout = layout;
        this.port = port;
        this.secrets = secrets;
        this.children = children;
    }

    @Override
    public String name() {
        return "keycloak";
    }

    @Override
    public String address() {
        return "http://127.0.0.1:" + port + "/realms/jikimi";
    }

    @Override
    public void start() {
        children.turnLog(name());
        var home = layout.data().resolve("keycloak");
        var imported = home.resolve("realm.imported");
        var realm = home.resolve("data/import/jikimi-realm.json");
        try {
            prepare(home);
            if (!Files.exists(imported)) {
                Files.createDirectories(realm.getParent());
                SecretFiles.write(realm, RealmImport.of(layout.realm(), secrets.sampleUsers()));
            }
            var child = children.start(
                    name(), serverCommand(home, !Files.exists(imported)), Map.of(), RunRecord.Signal.TERM);
            Http.await(address() + "/.well-known/openid-configuration", child, START_WITHIN);
            Files.deleteIfExists(realm);
            if (!Files.exists(imported)) {
                Files.createFile(imported);
            }
        } catch (IOException e) {
            throw new StackFailure("Keycloak cannot be prepared in " + home + ": " + e.getMessage() + ".", e);
        }
    }

    @Override
    public void stop() {
        children.end(name());
    }

    /** Gives the data directory what the server looks for beside its code. */
    private void prepare(Path home) throws IOException {
        Files.createDirectories(home.resolve("providers"));
        Files.createDirectories(home.resolve("themes"));
        for (var part : new String[] {"lib", "conf"}) {
            Trees.delete(home.resolve(part));
        }
        Files.createSymbolicLink(home.resolve("lib"), layout.keycloak().resolve("lib"));
        Trees.copy(layout.keycloak().resolve("conf"), home.resolve("conf"));
        synchronized (Keycloak.class) {
            buildOnce(layout.keycloak());
        }
    }

    /** Builds the unpacked server for an H2 file, once for all data directories; other processes wait meanwhile. */
    private void buildOnce(Path server) throws IOException {
        var built = server.resolve("built-for-dev-file");
        try (var file = FileChannel.open(
                        server.resolve("building"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var ignored = file.lock()) {
            if (!Files.exists(built)) {
                children.run(name(), keycloak(server, "build", "--db=dev-file"), Map.of());
                Files.createFile(built);
            }
        }
    }

    private List<String> serverCommand(Path home, boolean importRealm) {
        var command = new ArrayList<>(keycloak(
                home,
                "start",
                "--optimized",
                "--cache=local",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--hostname=http://127.0.0.1:" + port));
        if (importRealm) {
            command.add("--import-realm");
        }
        return command;
    }

    private static List<String> keycloak(Path home, String... arguments) {
        var flags = new ArrayList<>(FLAGS);
        flags.add("-Dkc.home.dir=" + home);
        flags.add("-Djboss.server.config.dir=" + home.resolve("conf"));
        flags.addAll(List.of(
                "-cp",
                home.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
        return Jvm.command(flags, arguments);
    }
}
