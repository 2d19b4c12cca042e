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
import org.apache.kafka.common.Uuid;

/** One Kafka broker (KRaft) that wants SCRAM, with the topics, users and rights of the four services. */
final class Kafka implements Part {
    static final String ADMIN = "jikimi-admin";
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
        SecretFiles.write(properties, serverProperties(home.resolve("data")));
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
            new KafkaSetup(admin, secrets).apply();
        }
    }

    @Override
    public void stop() {
        children.end(name());
    }

    /** The administrator's password reaches the formatting tool by a file of arguments. */
    private void format(Path home, Path properties) throws IOException {
        var arguments = secrets.directory().resolve("kafka-format.arguments");
        SecretFiles.write(
                arguments,
                String.join(
                        "\n",
                        "--cluster-id",
                        Uuid.randomUuid().toString(),
                        "--config",
                        properties.toString(),
                        "--ignore-formatted",
                        "--add-scram",
                        "SCRAM-SHA-512=[name=" + ADMIN + ",password=" + secrets.kafkaAdmin() + "]",
                        ""));
        children.run(name(), java(home, "kafka.tools.StorageTool", "format", "@" + arguments), Map.of());
        Files.delete(arguments);
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
        var admin = Admin.create(clientOf(ADMIN, secrets.kafkaAdmin()));
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

    /** What a client needs to come in as a user. */
    Map<String, Object> clientOf(String user, String password) {
        return Map.of(
                "bootstrap.servers",
                address(),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                scram(user, password),
                "default.api.timeout.ms",
                30_000);
    }

    private static String scram(String user, String password) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                .formatted(user, password);
    }

    private String serverProperties(Path data) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=SASL_PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=SASL_PLAINTEXT://127.0.0.1:%1$d
                listener.security.protocol.map=SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=SASL_PLAINTEXT
                sasl.enabled.mechanisms=SCRAM-SHA-512
                sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512
                sasl.mechanism.controller.protocol=PLAIN
                listener.name.sasl_plaintext.scram-sha-512.sasl.jaas.config=%4$s
                listener.name.controller.sasl.enabled.mechanisms=PLAIN
                listener.name.controller.plain.sasl.jaas.config=%5$s
                authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
                super.users=User:%6$s;User:controller
                allow.everyone.if.no.acl.found=false
                log.dirs=%3$s
                num.partitions=4
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                auto.create.topics.enable=false
                """.formatted(
                        ports.kafka(),
                        ports.kafkaController(),
                        data,
                        scram(ADMIN, secrets.kafkaAdmin()),
                        ("org.apache.kafka.common.security.plain.PlainLoginModule required username=\"controller\""
                                        + " password=\"%1$s\" user_controller=\"%1$s\";")
                                .formatted(secrets.kafkaController()),
                        ADMIN);
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
