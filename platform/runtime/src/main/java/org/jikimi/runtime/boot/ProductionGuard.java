package org.jikimi.runtime.boot;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * In the profile {@code production}, refuses to start with what belongs to demonstrations: simulated time, and the realm
 * of the sample logins, which is told by its lack of TLS. Neither may Kafka be reached in the clear.
 */
@Singleton
final class ProductionGuard {
    private static final String PROFILE = "production";

    private final ClockSettings clock;
    private final KafkaSettings kafka;
    private final String identityUrl;

    ProductionGuard(
            ClockSettings clock, KafkaSettings kafka, @ConfigProperty(name = "jikimi.oidc.url") String identityUrl) {
        this.clock = clock;
        this.kafka = kafka;
        this.identityUrl = identityUrl;
    }

    void start(@Observes @Priority(1) StartupEvent starting) {
        if (ConfigUtils.isProfileActive(PROFILE)) {
            require(clock.simulated(), identityUrl, kafka.security());
        }
    }

    /**
     * Lets a start in production go on.
     *
     * @throws IllegalStateException if any setting is refused; its message names all of them
     */
    static void require(boolean simulatedTime, String identityUrl, String kafkaSecurity) {
        var refused = new ArrayList<String>();
        if (simulatedTime) {
            refused.add("jikimi.clock.simulated");
        }
        if (!identityUrl.toLowerCase(Locale.ROOT).startsWith("https://")) {
            refused.add("jikimi.oidc.url without https, as of the realm of the sample logins");
        }
        if (!List.of("SSL", "SASL_SSL").contains(kafkaSecurity)) {
            refused.add("jikimi.kafka.security without TLS");
        }
        if (!refused.isEmpty()) {
            throw new IllegalStateException("Refused in the profile " + PROFILE + ": " + String.join("; ", refused));
        }
    }
}
