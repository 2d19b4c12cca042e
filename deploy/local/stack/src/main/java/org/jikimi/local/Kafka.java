package org.jikimi.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** One Kafka broker (KRaft) that wants SCRAM, with the topics, users and rights of the four services. */
final class Kafka implements Part {
    private static final Duration START_WITHIN = Duration.ofSeconds(90);

    private final Layout layout;
    private final Ports ports;
    private final Secrets secrets;
    private final Children children;

    Kafka(Layout layout, Ports ports, Secrets secrets, Children children) {
        this.layout = layout;
        this.ports = ports;
        this.secrets = secrets;
        this.children = children;
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public String address() {
        return "127.0.0.1:" + ports.kafka();
    }

    @Override
    public void start() {
        children.turnLog(name());
        var home = layout.data().resolve("kafka");
        var properties = secrets.directory().resolve("kafka-server.properties");
        var listener = new KafkaConfig.Listener("CLIENT", address(), address());
        var controller = "127.0.0.1:" + ports.kafkaController();
        SecretFiles.write(
                properties,
                KafkaConfig.server(
                        List.of(listener), controller, home.resolve("data").toString(), secrets));
        try {
            Files.createDirectories(home);
            Files.writeString(home.resolve("log4j2.properties"), LOGGING);
            if (!Files.exists(home.resolve("data/meta.properties"))) {
                format(home, properties);
            }
        } catch (IOException e) {
            throw new StackFailure("Kafka cannot be prepared in " + home + ": " + e.getMessage() + ".", e);
        }
        var child = children.start(
                name(), java(home, "kafka.Kafka", properties.toString()), Map.of(), RunRecord.Signal.TERM);
        try (var admin = admin(child)) {
            new KafkaSetup(admin, secrets, "127.0.0.1").apply();
        }
    }

    @Override
    public void stop() {
        children.end(name());
    }

    /** The administrator's password reaches the formatting tool by a file of arguments. */
    private void format(Path home, Path properties) throws IOException {
        var arguments = secrets.directory().resolve("kafka-format.arguments");
        SecretFiles.write(arguments, KafkaConfig.format(properties.toString(), secrets));
        children.run(name(), java(home, "kafka.tools.StorageTool", "format", "@" + arguments), Map.of());
        Files.delete(arguments);
        Files.writeString(layout.log(name()), ""); // the tool prints what it made of the password
    }

    private List<String> java(Path home, String... arguments) {
        var flags = List.of(
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlog4j2.configurationFile=" + home.resolve("log4j2.properties"),
                "-cp",
                layout.kafkaJars() + File.separator + "*");
        return Jvm.command(flags, arguments);
    }

    private Admin admin(Children.Child child) {
        var until = System.nanoTime() + START_WITHIN.toNanos();
        while (Ports.isFree(ports.kafka())) {
            child.requireAlive();
            Pause.ofMillis(50);
        }
        var admin = Admin.create(KafkaConfig.client(address(), KafkaConfig.ADMIN, secrets.kafkaAdmin()));
        while (true) {
            child.requireAlive();
            try {
                admin.describeCluster().nodes().get(5, TimeUnit.SECONDS);
                return admin;
            } catch (ExecutionException | TimeoutException notYet) {
                if (System.nanoTime() > until) {
                    admin.close();
                    throw new StackFailure(name() + " does not answer: see " + child.log() + ".", notYet);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                admin.close();
                throw new StackFailure("The start of Kafka was interrupted.", e);
            }
        }
    }

    private static final String LOGGING = """
            rootLogger.level=warn
            rootLogger.appenderRef.console.ref=console
            appender.console.type=Console
            appender.console.name=console
            appender.console.layout.type=PatternLayout
            appender.console.layout.pattern=%d %-5p %c{1.} %m%n
            logger.server.name=kafka.server
            logger.server.level=info
            logger.authorizer.name=kafka.authorizer.logger
            logger.authorizer.level=info
            """;
}
