package org.jikimi.runtime.boot;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Tells that the database was restored. It keeps nobody from working: what is lost is lost, and clocks run. */
@Readiness
@ApplicationScoped
class DatabaseRestored implements HealthCheck {
    private final ChainMetrics metrics;

    DatabaseRestored(ChainMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("restored database")
                .withData("unreconciled", metrics.unreconciledRestores())
                .up()
                .build();
    }
}
