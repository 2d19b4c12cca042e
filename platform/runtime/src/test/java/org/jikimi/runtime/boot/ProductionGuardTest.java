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

class ProductionGuardTest {
    private static final String IDENTITY = "https://identity.example.org/realms/jikimi";
    private static final String SAMPLE_LOGINS = "http://127.0.0.1:8180/realms/jikimi";
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
        new ProductionGuard(clock(simulated), kafka(security), identityUrl).start(new StartupEvent());
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

    private static KafkaSettings kafka(String security) {
        var source = new PropertiesConfigSource(
                Map.of(
                        "jikimi.kafka.bootstrap", "kafka:9093",
                        "jikimi.kafka.security", security,
                        "jikimi.kafka.user", "case",
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
