package org.jikimi.runtime.boot;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jikimi.runtime.outbox.Unsent;

/**
 * Names the topics that Kafka does not have and events wait for, and those that it forbids to read. It keeps nobody from working:
 * all others are sent and read.
 */
@Readiness
@ApplicationScoped
class TopicsMissing implements HealthCheck {
    private final Unsent unsent;
    private final Machinery machinery;

    TopicsMissing(Unsent unsent, Machinery machinery) {
        this.unsent = unsent;
        this.machinery = machinery;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("topics")
                .withData("missing", String.join(" ", unsent.missingTopics()))
                .withData("forbidden", String.join(" ", machinery.forbiddenTopics()))
                .up()
                .build();
    }
}
