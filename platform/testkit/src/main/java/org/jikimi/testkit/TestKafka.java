package org.jikimi.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.AppInfoParser;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A real single Kafka broker (KRaft, combined mode) as a child process, with its data in a directory that goes with it. */
public final class TestKafka implements AutoCloseable {
    private final Path directory;
    private final Path properties;
    private final String classpath;
    private final int port;
    private final @Nullable TestTls tls;
    private Process process;

    private TestKafka(@Nullable TestTls tls) {
        this.tls = tls;
        try {
            directory = Files.createTempDirectory("jikimi-kafka");
            classpath = brokerJars() + File.separator + "*";
            port = freePort();
            properties = Files.writeString(directory.resolve("server.properties"), serverProperties(freePort()));
            format(directory.resolve("data"));
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Formats and starts a broker on a free port and waits until it answers, in about 7 s. */
    public static TestKafka start() {
        return new TestKafka(null);
    }

    /** One that speaks TLS alone. */
    public static TestKafka startWithTls(TestTls tls) {
        return new TestKafka(tls);
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Creates those of the topics that are not there yet. */
    public void createTopics(int partitions, String... names) {
        try (var admin = admin()) {
            var known = admin.listTopics().names().get();
            var topics = new ArrayList<NewTopic>();
            for (var name : names) {
                if (!known.contains(name)) {
                    topics.add(new NewTopic(name, partitions, (short) 1));
                }
            }
            admin.createTopics(topics).all().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Those of the topics that exist, with the ids that Kafka gave them. */
    public Map<String, Uuid> topicIds(Collection<String> topics) {
        var ids = new HashMap<String, Uuid>();
        try (var admin = admin()) {
            var existing = new HashSet<>(admin.listTopics().names().get());
            existing.retainAll(topics);
            admin.describeTopics(existing)
                    .allTopicNames()
                    .get()
                    .forEach((name, topic) -> ids.put(name, topic.topicId()));
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return ids;
    }

    /** Whether the broker takes what is sent to the topic: while it does not, any record is too large for it. */
    public void setOpen(String topic, boolean open) {
        var largest = new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, open ? "1048588" : "1");
        try (var admin = admin()) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            List.of(new AlterConfigOp(largest, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets everybody do this alone with a topic, which need not be there; with no operation, nothing at all. */
    public void allowOnly(String topic, AclOperation... operations) {
        var resource = new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL);
        var rights = new ArrayList<AclBinding>();
        // Once there is any entry for it, what is not allowed is forbidden.
        rights.add(right(resource, "User:nobody", AclOperation.ALL));
        for (var operation : operations) {
            rights.add(right(resource, "User:*", operation));
        }
        changeRights(admin -> admin.createAcls(rights).all());
    }

    /** Lets everybody do anything with a topic again. */
    public void allowAll(String topic) {
        var rights = new AclBindingFilter(
                new ResourcePatternFilter(ResourceType.TOPIC, topic, PatternType.LITERAL),
                AccessControlEntryFilter.ANY);
        changeRights(admin -> admin.deleteAcls(List.of(rights)).all());
    }

    private static AclBinding right(ResourcePattern resource, String who, AclOperation operation) {
        return new AclBinding(resource, new AccessControlEntry(who, "*", operation, AclPermissionType.ALLOW));
    }

    private void changeRights(Function<Admin, KafkaFuture<?>> change) {
        try (var admin = admin()) {
            change.apply(admin).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Deletes a topic with all it holds, and waits until it is gone. */
    public void deleteTopic(String name) {
        try (var admin = admin()) {
            admin.deleteTopics(List.of(name)).all().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
        Awaitility.await(name + " is gone").until(() -> topicIds(List.of(name)).isEmpty());
    }

    /** Ends the broker as a power cut of its process would: SIGKILL, nothing flushed by it. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Starts the killed broker again on the same port and data. */
    public void restart() {
        try {
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        try {
            delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Admin admin() {
        var options = new HashMap<String, Object>(
                Map.of("bootstrap.servers", bootstrapServers(), "default.api.timeout.ms", 60_000));
        if (tls != null) {
            options.put("security.protocol", "SSL");
            options.put("ssl.truststore.location", tls.trustStore().toString());
            options.put("ssl.truststore.password", tls.password());
        }
        return Admin.create(options);
    }

    private String serverProperties(int controllerPort) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=%4$s://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=%4$s://127.0.0.1:%1$d
                listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL
                inter.broker.listener.name=%4$s
                controller.listener.names=CONTROLLER
                log.dirs=%3$s
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                auto.create.topics.enable=false
                authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
                allow.everyone.if.no.acl.found=true
                %5$s
                """.formatted(
                port, controllerPort, directory.resolve("data"), tls == null ? "PLAINTEXT" : "SSL", tlsProperties());
    }

    private String tlsProperties() {
        return tls == null ? "" : """
                ssl.keystore.location=%1$s
                ssl.keystore.password=%3$s
                ssl.key.password=%3$s
                ssl.truststore.location=%2$s
                ssl.truststore.password=%3$s
                """.formatted(tls.keyStore(), tls.trustStore(), tls.password());
    }

    /** What the formatting tool writes serves every broker of a version, so it runs once for a build. */
    private void format(Path data) throws IOException {
        var formatted = brokerJars().resolveSibling("formatted-" + AppInfoParser.getVersion());
        if (Files.isDirectory(formatted)) {
            copy(formatted, Files.createDirectory(data));
            return;
        }
        run("kafka.tools.StorageTool", "format", "-t", Uuid.randomUuid().toString(), "-c", properties.toString());
        var kept = Files.createTempDirectory(formatted.getParent(), "formatting");
        copy(data, kept);
        try {
            Files.move(kept, formatted, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException anotherWasQuicker) {
            delete(kept);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.newDirectoryStream(from)) {
            for (var file : files) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    private Process launch() throws IOException {
        var started = java("kafka.Kafka", properties.toString()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        Awaitility.await("Kafka answers; its log is " + log())
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> {
                    try (var admin = admin()) {
                        return !admin.describeCluster()
                                .nodes()
                                .get(2, TimeUnit.SECONDS)
                                .isEmpty();
                    }
                });
        return started;
    }

    private void run(String... command) throws IOException {
        var exit = java(command).start().onExit().join().exitValue();
        if (exit != 0) {
            throw new IllegalStateException(command[0] + " ended with " + exit + "; its log is " + log());
        }
    }

    private ProcessBuilder java(String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classpath));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    }

    private Path log() {
        return directory.resolve("kafka.log");
    }

    /** The broker's jars, which the module deploy/local/broker has collected. */
    private static Path brokerJars() {
        for (var here = Path.of("").toAbsolutePath(); here != null; here = here.getParent()) {
            var jars = here.resolve("deploy/local/broker/target/lib");
            if (Files.isDirectory(jars)) {
                return jars;
            }
        }
        throw new IllegalStateException("No Kafka jars: build deploy/local/broker first (./jikimi test does)");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
