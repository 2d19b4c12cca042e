package org.jikimi.runtime.boot;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * In the profile {@code production}, refuses to start with what belongs to demonstrations: simulated time; the realm of
 * the sample logins, which is told by its lack of TLS; Kafka in the clear; a PostgreSQL that is not made to prove who it
 * is; webhooks to the service's own machine; passwords and keys that are missing or that somebody made up. One sentence
 * names all that is refused, before the database is touched.
 */
@Singleton
final class ProductionGuard {
    private static final String PROFILE = "production";
    private static final int PASSWORD_CHARACTERS = 12;
    private static final int KEY_BYTES = 32;
    /** A random key has about thirty different bytes, and fewer than these once in 10^19 keys. */
    private static final int DIFFERENT_BYTES = 12;

    private static final Pattern VERIFIED = Pattern.compile("[?&]sslmode=verify-full(&|$)");

    private final ClockSettings clock;
    private final KafkaSettings kafka;
    private final KeySettings keys;
    private final String identityUrl;
    private final String databaseUrl;
    private final boolean webhooksToLoopback;
    private final List<Login> databases;

    /** A password by the name of its setting, and whose it is. */
    private record Login(String setting, String user, String password) {
        boolean isMadeUp() {
            return password.length() < PASSWORD_CHARACTERS || password.contains(user);
        }

        @Override
        public String toString() {
            return setting;
        }
    }

    ProductionGuard(
            ClockSettings clock,
            KafkaSettings kafka,
            KeySettings keys,
            @ConfigProperty(name = "jikimi.oidc.url") String identityUrl,
            @ConfigProperty(name = "jikimi.webhook.loopback-allowed", defaultValue = "false")
                    boolean webhooksToLoopback,
            @ConfigProperty(name = "jikimi.db.url") String databaseUrl,
            @ConfigProperty(name = "jikimi.db.owner.user") String owner,
            @ConfigProperty(name = "jikimi.db.owner.password") String ownerPassword,
            @ConfigProperty(name = "jikimi.db.app.user") String app,
            @ConfigProperty(name = "jikimi.db.app.password") String appPassword) {
        this.clock = clock;
        this.kafka = kafka;
        this.keys = keys;
        this.identityUrl = identityUrl;
        this.databaseUrl = databaseUrl;
        this.webhooksToLoopback = webhooksToLoopback;
        this.databases = List.of(
                new Login("jikimi.db.owner.password", owner, ownerPassword),
                new Login("jikimi.db.app.password", app, appPassword));
    }

    /**
     * Lets a start go on.
     *
     * @throws IllegalStateException if any setting is refused; its message names all of them, and no value
     */
    void start(@Observes @Priority(1) StartupEvent starting) {
        if (!ConfigUtils.isProfileActive(PROFILE)) {
            return;
        }
        var refused = refused();
        if (!refused.isEmpty()) {
            throw new IllegalStateException("Refused in the profile " + PROFILE + ": " + String.join("; ", refused));
        }
    }

    private List<String> refused() {
        var refused = new ArrayList<String>();
        if (clock.simulated()) {
            refused.add("jikimi.clock.simulated");
        }
        if (!identityUrl.toLowerCase(Locale.ROOT).startsWith("https://")) {
            refused.add("jikimi.oidc.url without https, as of the realm of the sample logins");
        }
        if (!List.of("SSL", "SASL_SSL").contains(kafka.security())) {
            refused.add("jikimi.kafka.security without TLS");
        }
        if (!VERIFIED.matcher(databaseUrl).find()) {
            refused.add("jikimi.db.url without sslmode=verify-full");
        }
        if (webhooksToLoopback) {
            refused.add("jikimi.webhook.loopback-allowed");
        }
        var logins = new ArrayList<>(databases);
        if (kafka.security().startsWith("SASL")) {
            logins.add(new Login(
                    "jikimi.kafka.password", kafka.user(), kafka.password().orElse("")));
        }
        for (var login : logins) {
            if (login.isMadeUp()) {
                refused.add("%s that is missing, shorter than %d characters or holds its user's name"
                        .formatted(login.setting(), PASSWORD_CHARACTERS));
            }
        }
        keys.key().forEach((id, text) -> {
            if (!isRandom(text)) {
                refused.add("jikimi.keys.key.%s that is not %d random bytes in Base64".formatted(id, KEY_BYTES));
            }
        });
        return refused;
    }

    private static boolean isRandom(String key) {
        try {
            var bytes = Base64.getDecoder().decode(key);
            var different = new BitSet();
            for (byte b : bytes) {
                different.set(b & 0xff);
            }
            return bytes.length == KEY_BYTES && different.cardinality() >= DIFFERENT_BYTES;
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }
}
