package org.jikimi.runtime.boot;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jikimi.runtime.audit.AnchorFile;
import org.jikimi.runtime.audit.AuditSealer;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.time.Times;

/** Seals the service's audit rows every second, in whichever replica comes first, and shows what is unsealed. */
@Singleton
final class AuditSealing {
    private static final Logger LOG = Logger.getLogger(AuditSealing.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final String service;
    private final AuditSettings settings;
    private final Transactions transactions;
    private final Times times;
    private final Machinery machinery;
    private final AtomicLong oldestMillis = new AtomicLong();
    private final AtomicInteger broken = new AtomicInteger();

    AuditSealing(
            @ConfigProperty(name = "jikimi.service") String service,
            AuditSettings settings,
            Transactions transactions,
            Times times,
            Machinery machinery,
            MeterRegistry meters) {
        this.service = service;
        this.settings = settings;
        this.transactions = transactions;
        this.times = times;
        this.machinery = machinery;
        Gauge.builder("jikimi.audit.oldest.unsealed.seconds", oldestMillis, millis -> millis.get() / 1000.0)
                .description("Age of the oldest audit row that is in no block yet, by the platform's clock")
                .register(meters);
        Gauge.builder("jikimi.audit.chain.broken", broken, AtomicInteger::get)
                .description("1 if the chain is not what was anchored; then nothing more is sealed")
                .register(meters);
    }

    void start(@Observes StartupEvent started) {
        var directory = settings.anchors();
        if (directory.isPresent()) {
            var sealer = new AuditSealer(transactions, AnchorFile.of(directory.get(), service), times);
            machinery.every(EVERY, "sealing of the audit", () -> seal(sealer));
        } else if (ConfigUtils.isProfileActive("production")) {
            throw new IllegalStateException("jikimi.audit.anchors must name a directory in production");
        } else {
            LOG.warn("Audit rows are not sealed: jikimi.audit.anchors names no directory");
        }
    }

    private void seal(AuditSealer sealer) throws SQLException {
        try {
            sealer.sealOnce();
            broken.set(0);
        } catch (IllegalStateException notWhatWasAnchored) {
            broken.set(1);
            LOG.errorf("Nothing is sealed any more: %s", notWhatWasAnchored.getMessage());
        } finally {
            oldestMillis.set(sealer.oldestUnsealed()
                    .map(oldest -> Duration.between(oldest, times.now()).toMillis())
                    .orElse(0L));
        }
    }
}
