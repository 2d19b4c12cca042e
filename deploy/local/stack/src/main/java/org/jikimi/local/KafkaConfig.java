package org.jikimi.local;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;

/** What broker and clients are configured with; all of it holds passwords and belongs into {@link SecretFiles}. */
final class KafkaConfig {
    static final String ADMIN = "jikimi-admin";

    private KafkaConfig() {}

    /**
     * Where the broker listens for SCRAM clients.
     *
     * @param name the listener's name, in capitals
     * @param bind host and port that it binds
     * @param advertised host and port that clients are told
     */
    record Listener(String name, String bind, String advertised) {}

    /** Configures one broker that is its own controller and lets nobody in without a password. */
    static String server(List<Listener> listeners, String controller, String data, Secrets secrets) {
        var inner = listeners.getFirst().name();
        var logins = listeners.stream()
                .map(listener -> "listener.name.%s.scram-sha-512.sasl.jaas.config=%s%n"
                        .formatted(listener.name().toLowerCase(Locale.ROOT), scram(ADMIN, secrets.kafkaAdmin())))
                .collect(Collectors.joining());
        return logins
                + """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@%1$s
                listeners=%2$s,CONTROLLER://%1$s
                advertised.listeners=%3$s
                listener.security.protocol.map=%4$s,CONTROLLER:SASL_PLAINTEXT
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=%5$s
                sasl.enabled.mechanisms=SCRAM-SHA-512
                sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512
                sasl.mechanism.controller.protocol=PLAIN
                listener.name.controller.sasl.enabled.mechanisms=PLAIN
                listener.name.controller.plain.sasl.jaas.config=%6$s
                authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
                super.users=User:%7$s;User:controller
                allow.everyone.if.no.acl.found=false
                log.dirs=%8$s
                num.partitions=4
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                # a broker that was killed comes back only when its own controller has forgotten it
                broker.session.timeout.ms=2000
                broker.heartbeat.interval.ms=500
                auto.create.topics.enable=false
                """.formatted(
                                controller,
                                listeners.stream()
                                        .map(listener -> listener.name() + "://" + listener.bind())
                                        .collect(Collectors.joining(",")),
                                listeners.stream()
                                        .map(listener -> listener.name() + "://" + listener.advertised())
                                        .collect(Collectors.joining(",")),
                                listeners.stream()
                                        .map(listener -> listener.name() + ":SASL_PLAINTEXT")
                                        .collect(Collectors.joining(",")),
                                inner,
                                ("org.apache.kafka.common.security.plain.PlainLoginModule required"
                                                + " username=\"controller\" password=\"%1$s\" user_controller=\"%1$s\";")
                                        .formatted(secrets.kafkaController()),
                                ADMIN,
                                data);
    }

    /** Arguments for the formatting tool, one a line: by a file, so that the password is on no command line. */
    static String format(String serverProperties, Secrets secrets) {
        return String.join(
                "\n",
                "--cluster-id",
                Uuid.randomUuid().toString(),
                "--config",
                serverProperties,
                "--ignore-formatted",
                "--add-scram",
                "SCRAM-SHA-512=[name=" + ADMIN + ",password=" + secrets.kafkaAdmin() + "]",
                "");
    }

    /** What a client needs to come in as a user. */
    static Map<String, Object> client(String address, String user, String password) {
        return Map.of(
                "bootstrap.servers",
                address,
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                scram(user, password));
    }

    private static String scram(String user, String password) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                .formatted(user, password);
    }
}
