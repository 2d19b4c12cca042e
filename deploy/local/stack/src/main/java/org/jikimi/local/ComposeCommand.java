package org.jikimi.local;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes what {@code docker-compose.yml} mounts: random secrets, and the configuration that holds them. */
@Command(
        name = "compose",
        description = "Writes DIR/compose, which docker-compose.yml mounts; then docker compose up starts everything.")
final class ComposeCommand implements Callable<Integer> {
    @Mixin
    private Jikimi.Where where = new Jikimi.Where();

    @Override
    public Integer call() throws IOException {
        var layout = where.layout();
        layout.prepare();
        var directory = layout.data().resolve("compose");
        write(directory, layout.realm());
        System.out.println("Wrote " + directory + ". Next: docker compose up --build");
        if (!layout.data().equals(layout.root().resolve(".jikimi"))) {
            System.out.println("Tell it where: JIKIMI_DATA=" + layout.data() + " docker compose up --build");
        }
        return 0;
    }

    /**
     * The directory is for its owner alone. The files in it can be read by all, because the users in the containers,
     * to which they are mounted one by one, have other numbers.
     */
    static void write(Path directory, Path realm) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        var secrets = Secrets.in(directory);
        for (var service : Service.values()) {
            var config = secrets.configOf(service, inContainers(service));
            config.setProperty("jikimi.clock.simulated", "false");
            write(directory.resolve(service.module() + ".properties"), text(config));
        }
        write(directory.resolve("postgres.password"), secrets.postgres());
        write(directory.resolve("postgres.sql"), databases(secrets));
        write(directory.resolve("kafka.properties"), kafka(secrets));
        if (!Files.exists(directory.resolve("kafka-format.arguments"))) {
            write(
                    directory.resolve("kafka-format.arguments"),
                    KafkaConfig.format("/etc/jikimi/kafka.properties", secrets));
        }
        write(directory.resolve("jikimi-realm.json"), RealmImport.of(realm, secrets.sampleUsers()));
        Files.setPosixFilePermissions(
                directory.resolve("stack.properties"), PosixFilePermissions.fromString("rw-r--r--"));
    }

    static Secrets.Surroundings inContainers(Service service) {
        var ports = Ports.standard();
        return new Secrets.Surroundings(
                "0.0.0.0",
                ports.of(service),
                "postgresql:5432",
                "kafka:9092",
                "keycloak:" + ports.keycloak(),
                "smtp",
                ports.smtp(),
                "/var/lib/jikimi/anchors");
    }

    private static String kafka(Secrets secrets) {
        var outer = Ports.standard().kafka();
        return KafkaConfig.server(
                List.of(
                        new KafkaConfig.Listener("INTERNAL", "0.0.0.0:9092", "kafka:9092"),
                        new KafkaConfig.Listener("EXTERNAL", "0.0.0.0:" + outer, "127.0.0.1:" + outer)),
                "127.0.0.1:" + Ports.standard().kafkaController(),
                "/var/lib/kafka/data",
                secrets);
    }

    private static String databases(Secrets secrets) {
        var sql = new StringBuilder();
        for (var service : Service.values()) {
            sql.append("""
                    CREATE ROLE %2$s LOGIN PASSWORD '%3$s';
                    CREATE ROLE %4$s LOGIN PASSWORD '%5$s';
                    CREATE DATABASE "%1$s" OWNER %2$s;
                    REVOKE ALL ON DATABASE "%1$s" FROM PUBLIC;
                    GRANT CONNECT ON DATABASE "%1$s" TO %4$s;
                    """.formatted(
                            service.key(),
                            Secrets.ownerOf(service),
                            secrets.of(service, "db.owner"),
                            Secrets.appOf(service),
                            secrets.of(service, "db.app")));
        }
        return sql.toString();
    }

    private static String text(Properties properties) throws IOException {
        var text = new StringWriter();
        properties.store(text, null);
        return text.toString();
    }

    private static void write(Path file, String text) throws IOException {
        SecretFiles.write(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
}
