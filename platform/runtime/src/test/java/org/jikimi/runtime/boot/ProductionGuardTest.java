package org.jikimi.runtime.boot;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductionGuardTest {
    private static final String IDENTITY = "https://identity.example.org/realms/jikimi";
    private static final String SAMPLE_LOGINS = "http://127.0.0.1:8180/realms/jikimi";
    private static final String PASSWORD = "5f0c9d61e7b34a2288";
    private static final String KEY = "2uAXU9Jo5UjpUUDHymU8L5TBDy4uEi4yDSGYvyfAhfM=";
    private static final String DATABASE =
            "jdbc:postgresql://case-db-rw:5432/case?sslmode=verify-full&sslrootcert=/etc/jikimi/db-ca/ca.crt";
    private static final ConfigProviderResolver CONFIG = ConfigProviderResolver.instance();

    @AfterEach
    void leaveTheProfile() {
        CONFIG.releaseConfig(CONFIG.getConfig());
    }

    @Test
    void productionIsStartedWithRealTimeAndRealLogins() {
        runIn("prod,production");

        assertThatCode(() -> start(false, IDENTITY, "SASL_SSL")).doesNotThrowAnyException();
    }

    @Test
    void productionRefusesTheSimulatedClockAtStart() {
        runIn("prod,production");

        assertThatThrownBy(() -> start(true, IDENTITY, "SASL_SSL"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("jikimi.clock.simulated");
    }

    @Test
    void productionRefusesTheRealmOfTheSampleLoginsAtStart() {
        runIn("prod,production");

        assertThatThrownBy(() -> start(false, SAMPLE_LOGINS, "SASL_SSL"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sample logins");
    }

    @Test
    void productionRefusesKafkaInTheClearAtStart() {
        runIn("prod,production");

        assertThatThrownBy(() -> start(false, IDENTITY, "SASL_PLAINTEXT"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("jikimi.kafka.security");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "postgres", "case_app-case_app"})
    void productionRefusesAPasswordThatSomebodyMadeUp(String password) {
        runIn("prod,production");

        assertThatThrownBy(() -> guard(false, IDENTITY, kafka("SASL_SSL", PASSWORD), password, KEY)
                        .start(new StartupEvent()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Refused in the profile production: jikimi.db.app.password that is missing, "
                        + "shorter than 12 characters or holds its user's name");
    }

    @Test
    void productionRefusesKafkaWithoutAPassword() {
        runIn("prod,production");

        assertThatThrownBy(() -> guard(false, IDENTITY, kafka("SASL_SSL", ""), PASSWORD, KEY)
                        .start(new StartupEvent()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("jikimi.kafka.password that is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "c2hvcnQ=", "no base64"})
    void productionRefusesAKeyThatIsNotRandom(String key) {
        runIn("prod,production");

        assertThatThrownBy(() -> guard(false, IDENTITY, kafka("SASL_SSL", PASSWORD), PASSWORD, key)
                        .start(new StartupEvent()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("jikimi.keys.key.k1")
                .hasMessageNotContaining(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://case-db-rw:5432/case",
                "jdbc:postgresql://case-db-rw:5432/case?sslmode=require",
                "jdbc:postgresql://case-db-rw:5432/case?sslmode=verify-fully"
            })
    void productionRefusesADatabaseThatDoesNotProveWhoItIs(String url) {
        runIn("prod,production");

        assertThatThrownBy(() -> guard(url, false).start(new StartupEvent()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith(": jikimi.db.url without sslmode=verify-full");
    }

    @Test
    void productionRefusesWebhooksToItsOwnMachine() {
        runIn("prod,production");

        assertThatThrownBy(() -> guard(DATABASE, true).start(new StartupEvent()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith(": jikimi.webhook.loopback-allowed");
    }

    @Test
    void demonstrationsMayHaveThemAll() {
        runIn("prod");

        assertThatCode(() -> start(true, SAMPLE_LOGINS, "SASL_PLAINTEXT")).doesNotThrowAnyException();
    }

    private static void runIn(String profile) {
        var loader = Thread.currentThread().getContextClassLoader();
        CONFIG.releaseConfig(CONFIG.getConfig());
        CONFIG.registerConfig(new SmallRyeConfigBuilder().withProfile(profile).build(), loader);
    }

    private static void start(boolean simulated, String identityUrl, String security) {
        guard(simulated, identityUrl, kafka(security, PASSWORD), PASSWORD, KEY).start(new StartupEvent());
    }

    private static ProductionGuard guard(
            boolean simulated, String identityUrl, KafkaSettings kafka, String password, String key) {
        return new ProductionGuard(
                clock(simulated),
                kafka,
                keys(key),
                identityUrl,
                false,
                DATABASE,
                "case_owner",
                PASSWORD,
                "case_app",
                password);
    }

    private static ProductionGuard guard(String databaseUrl, boolean webhooksToLoopback) {
        return new ProductionGuard(
                clock(false),
                kafka("SASL_SSL", PASSWORD),
                keys(KEY),
                IDENTITY,
                webhooksToLoopback,
                databaseUrl,
                "case_owner",
                PASSWORD,
                "case_app",
                PASSWORD);
    }

    private static KeySettings keys(String key) {
        return new KeySettings() {
            @Override
            public String current() {
                return "k1";
            }

            @Override
            public String matching() {
                return "k1";
            }

            @Override
            public Map<String, String> key() {
                return Map.of("k1", key);
            }
        };
    }

    private static ClockSettings clock(boolean simulated) {
        return new ClockSettings() {
            @Override
            public boolean simulated() {
                return simulated;
            }

            @Override
            public Optional<Path> offsetFile() {
                return Optional.empty();
            }
        };
    }

    private static KafkaSettings kafka(String security, String password) {
        var source = new PropertiesConfigSource(
                Map.of(
                        "jikimi.kafka.bootstrap", "kafka:9093",
                        "jikimi.kafka.security", security,
                        "jikimi.kafka.user", "case",
                        "jikimi.kafka.password", password,
                        "jikimi.kafka.mark-topic", "case.relay-mark"),
                "test",
                100);
        return new SmallRyeConfigBuilder()
                .withMapping(KafkaSettings.class)
                .withSources(source)
                .withValidateUnknown(false)
                .build()
                .getConfigMapping(KafkaSettings.class);
    }
}
