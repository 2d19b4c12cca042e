package org.jikimi.runtime.boot;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jikimi.runtime.outbox.Unsent;

/** Names the topics that Kafka does not have and events wait for. It keeps nobody from working: all others are sent. */
@Readiness
@ApplicationScoped
class TopicsMissing implements HealthCheck {
    private final Unsent unsent;

    TopicsMissing(Unsent unsent) {
        this.unsent = unsent;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("topics")
                .withData("missing", String.join(" ", unsent.missingTopics()))
                .up()
                .build();
    }
}
