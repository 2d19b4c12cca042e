package org.jikimi.runtime.boot;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jikimi.runtime.event.Tracing;

/** What becomes of spans. */
@Singleton
final class SpanWiring {
    @Produces
    @Singleton
    Tracing tracing(OpenTelemetry telemetry) {
        return new Tracing(telemetry);
    }

    /** All or none, whatever a caller asks for in its headers; who wants fewer has the collector choose. */
    @Produces
    @Singleton
    @DefaultBean
    Sampler sampler(@ConfigProperty(name = "jikimi.traces.endpoint") Optional<String> collector) {
        return collector.isPresent() ? Sampler.alwaysOn() : Sampler.alwaysOff();
    }

    @Produces
    @Singleton
    SpanProcessor discretion() {
        return new Discretion();
    }
}
