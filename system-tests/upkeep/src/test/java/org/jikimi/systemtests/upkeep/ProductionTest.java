package org.jikimi.systemtests.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jikimi.testkit.Parts;
import org.jikimi.testkit.TestKafka;
import org.jikimi.testkit.TestPostgres;
import org.jikimi.testkit.TestTls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A packaged service in the profile that production runs in, as a process of its own. */
class ProductionTest {
    private static final String PROFILE = "-Dquarkus.profile=prod,production";
    private static final Duration END_WITHIN = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    @Test
    void theSettingsOfADemonstrationAreRefusedInOneSentenceBeforeTheDatabaseIsTouched() throws Exception {
        var config = LoneService.config("case", Parts.postgres(), Parts.kafka(), directory);
        config.put("jikimi.clock.simulated", "true");
        config.put("jikimi.clock.offset-file", directory.resolve("clock").toString());
        config.put("jikimi.webhook.loopback-allowed", "true");
        config.put("jikimi.db.app.password", "case");

        try (var service = ServiceProcess.start("case-service", config, directory, PROFILE)) {
            assertThat(service.awaitEnd(END_WITHIN)).isNotZero();
            assertThat(service.log())
                    .containsSubsequence(
                            "Refused in the profile production: jikimi.clock.simulated; ",
                            "jikimi.oidc.url without https",
                            "jikimi.kafka.security without TLS",
                            "jikimi.db.url without sslmode=verify-full",
                            "jikimi.webhook.loopback-allowed",
                            "jikimi.db.app.password that is missing, shorter than 12 characters")
                    .doesNotContain(config.get("jikimi.db.owner.password"), config.get("jikimi.keys.key.k1"));
        }
        assertThat(tables(config)).isZero();
    }

    @Test
    void noChildIsScreenedUnderTheLegalBasisOfADemonstration() throws Exception {
        var config = LoneService.config("screening", Parts.postgres(), Parts.kafka(), directory);
        var database = Map.copyOf(config);
        config.merge("jikimi.db.url", "?sslmode=verify-full", String::concat);
        config.put("jikimi.kafka.security", "SSL");
        config.put("jikimi.oidc.url", "https://identity.example.org/realms/jikimi");
        config.put("jikimi.screening.demonstration", "true");

        try (var service = ServiceProcess.start("screening-service", config, directory, PROFILE)) {
            assertThat(service.awaitEnd(END_WITHIN)).isNotZero();
            assertThat(service.log()).contains("Refused in the profile production: jikimi.screening.demonstration: ");
        }
        assertThat(tables(database)).isZero();
    }

    @Test
    void withTlsToItsDatabaseAndToKafkaItBecomesReadyAndItsRelayLeads() throws Exception {
        var tls = TestTls.in(directory);
        try (var postgres = TestPostgres.startWithTls(tls);
                var kafka = TestKafka.startWithTls(tls)) {
            var config = LoneService.config("case", postgres, kafka, directory);
            config.merge("jikimi.db.url", "?sslmode=verify-full&sslrootcert=" + tls.certificate(), String::concat);
            config.put("jikimi.kafka.security", "SSL");
            config.put("jikimi.oidc.url", "https://identity.example.org/realms/jikimi");

            try (var service = ServiceProcess.start(
                    "case-service",
                    config,
                    directory,
                    PROFILE,
                    "-Djavax.net.ssl.trustStore=" + tls.trustStore(),
                    "-Djavax.net.ssl.trustStoreType=PKCS12",
                    "-Djavax.net.ssl.trustStorePassword=" + tls.password())) {
                service.awaitReady();

                Awaitility.await("the relay leads")
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> service.metric("jikimi_relay_leading") == 1);
                assertThat(unencrypted(config)).as("sessions without TLS").isZero();
                assertThat(service.get("/api/v1/cases").statusCode()).isEqualTo(401);
            }
        }
    }

    private static long tables(Map<String, String> config) throws SQLException {
        return count(
                config, "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace");
    }

    private static long unencrypted(Map<String, String> config) throws SQLException {
        return count(
                config,
                "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) "
                        + "WHERE datname = current_database() AND NOT ssl");
    }

    private static long count(Map<String, String> config, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        value(config, "jikimi.db.url"),
                        value(config, "jikimi.db.owner.user"),
                        value(config, "jikimi.db.owner.password"));
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static String value(Map<String, String> config, String name) {
        return config.getOrDefault(name, "");
    }
}
