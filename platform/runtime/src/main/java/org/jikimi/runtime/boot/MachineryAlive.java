package org.jikimi.runtime.boot;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** A service whose relay or inbox thread has ended must be started anew. */
@Liveness
@ApplicationScoped
class MachineryAlive implements HealthCheck {
    private final Machinery machinery;

    MachineryAlive(Machinery machinery) {
        this.machinery = machinery;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("relay and inbox")
                .status(machinery.isWhole())
                .build();
    }
}
