package org.jikimi.cases;

import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jikimi.testkit.Spans;

/** Keeps the spans of the service under test, all of them. */
@Singleton
class TestSpans {
    @Produces
    @Singleton
    Spans spans() {
        return new Spans();
    }

    @Produces
    @Singleton
    Sampler all() {
        return Sampler.alwaysOn();
    }
}
