package org.jikimi.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;

/**
 * The passwords and keys of one data directory: made at random when it is new, kept in files of mode 0600, and told to
 * a part only through such a file, never on a command line or in an environment variable.
 */
final class Secrets {
    static final String ENCRYPTION_KEY = "k1";
    static final String MATCHING_KEY = "m1";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path directory;
    private final Properties known;

    private Secrets(Path directory, Properties known) {
        this.directory = directory;
        this.known = known;
    }

    /** Reads the secrets of the directory, and makes those that are missing. */
    static Secrets in(Path directory) {
        var file = directory.resolve("stack.properties");
        var known = Files.exists(file) ? SecretFiles.read(file) : new Properties();
        var before = known.size();
        for (var user : new String[] {"postgres", "kafka.admin", "kafka.controller", "sample-users"}) {
            known.computeIfAbsent(user + ".password", name -> password());
        }
        for (var service : Service.values()) {
            for (var user : new String[] {"db.owner", "db.app", "kafka"}) {
                known.computeIfAbsent(service.key() + "." + user + ".password", name -> password());
            }
            known.computeIfAbsent(service.key() + ".key.k1", name -> key());
            known.computeIfAbsent(service.key() + ".key.m1", name -> key());
        }
        for (var source : KafkaSetup.signalSources()) {
            known.computeIfAbsent(KafkaSetup.agency(source) + ".kafka.password", name -> password());
        }
        if (known.size() > before) {
            SecretFiles.write(file, known);
        }
        return new Secrets(directory, known);
    }

    /** Writes what a service has to know, and tells the file for its {@code SMALLRYE_CONFIG_LOCATIONS}. */
    Path handOver(Service service, Ports ports, Layout layout) {
        var config = configOf(service, Surroundings.local(service, ports, layout.anchors()));
        config.setProperty("jikimi.clock.simulated", "true");
        config.setProperty("jikimi.clock.offset-file", layout.clockOffset().toString());
        var file = directory.resolve(service.module() + ".properties");
        SecretFiles.write(file, config);
        return file;
    }

    /**
     * Where a service and the parts that it needs are, as the service sees them.
     *
     * @param bind address that it binds
     * @param postgres host and port, and so for the others
     * @param anchors directory for the heads of the audit chain
     */
    record Surroundings(
            String bind,
            int httpPort,
            String postgres,
            String kafka,
            String keycloak,
            String smtpHost,
            int smtpPort,
            String anchors) {
        static Surroundings local(Service service, Ports ports, Path anchors) {
            var here = "127.0.0.1";
            return new Surroundings(
                    here,
                    ports.of(service),
                    here + ":" + ports.postgres(),
                    here + ":" + ports.kafka(),
                    here + ":" + ports.keycloak(),
                    here,
                    ports.smtp(),
                    anchors.toString());
        }
    }

    /** Everything that a service must be told, in any kind of stack. */
    Properties configOf(Service service, Surroundings around) {
        var config = new Properties();
        config.setProperty("config_ordinal", "350"); // above the jar and the environment
        config.setProperty("quarkus.http.port", String.valueOf(around.httpPort()));
        config.setProperty("quarkus.http.host", around.bind());
        config.setProperty("jikimi.db.url", "jdbc:postgresql://" + around.postgres() + "/" + service.key());
        config.setProperty("jikimi.db.owner.user", ownerOf(service));
        config.setProperty("jikimi.db.owner.password", of(service, "db.owner"));
        config.setProperty("jikimi.db.app.user", appOf(service));
        config.setProperty("jikimi.db.app.password", of(service, "db.app"));
        config.setProperty("jikimi.kafka.bootstrap", around.kafka());
        config.setProperty("jikimi.kafka.security", "SASL_PLAINTEXT");
        config.setProperty("jikimi.kafka.user", service.key());
        config.setProperty("jikimi.kafka.password", of(service, "kafka"));
        config.setProperty("jikimi.oidc.url", "http://" + around.keycloak() + "/realms/jikimi");
        config.setProperty("jikimi.keys.current", ENCRYPTION_KEY);
        config.setProperty("jikimi.keys.matching", MATCHING_KEY);
        config.setProperty("jikimi.keys.key.k1", known.getProperty(service.key() + ".key.k1"));
        config.setProperty("jikimi.keys.key.m1", known.getProperty(service.key() + ".key.m1"));
        config.setProperty("jikimi.audit.anchors", around.anchors());
        config.setProperty("jikimi.smtp.host", around.smtpHost());
        config.setProperty("jikimi.smtp.port", String.valueOf(around.smtpPort()));
        if (service == Service.SCREENING) {
            config.setProperty("jikimi.screening.demonstration", "true"); // its children are synthetic
        }
        return config;
    }

    /** The keys of a service, by id. */
    Map<String, byte[]> keysOf(Service service) {
        var decoder = Base64.getDecoder();
        return Map.of(
                ENCRYPTION_KEY, decoder.decode(known.getProperty(service.key() + ".key." + ENCRYPTION_KEY)),
                MATCHING_KEY, decoder.decode(known.getProperty(service.key() + ".key." + MATCHING_KEY)));
    }

    Path directory() {
        return directory;
    }

    static String ownerOf(Service service) {
        return service.key() + "_owner";
    }

    static String appOf(Service service) {
        return service.key() + "_app";
    }

    String of(Service service, String user) {
        return known.getProperty(service.key() + "." + user + ".password");
    }

    /** The Kafka password of a source of signals. */
    String ofAgency(String source) {
        return known.getProperty(KafkaSetup.agency(source) + ".kafka.password");
    }

    String postgres() {
        return known.getProperty("postgres.password");
    }

    String kafkaAdmin() {
        return known.getProperty("kafka.admin.password");
    }

    String kafkaController() {
        return known.getProperty("kafka.controller.password");
    }

    /** The one password of all sample users. */
    String sampleUsers() {
        return known.getProperty("sample-users.password");
    }

    private static String password() {
        return HexFormat.of().formatHex(bytes(18));
    }

    private static String key() {
        return Base64.getEncoder().encodeToString(bytes(32));
    }

    static byte[] bytes(int count) {
        var bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
