package org.jikimi.runtime.rest;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * At the end of the service, readiness says no first. New requests are still taken for {@code quarkus.shutdown.delay},
 * until whoever routes them has heard it, and refused with 503 from then on, so that those under way are the last:
 * Quarkus waits for them, up to {@code quarkus.shutdown.timeout}. Health and metrics answer to the last.
 */
@Singleton
class LastRequests {
    private static final int BEFORE_ALL_OTHERS = 1_000;
    private static final Problem REFUSED = Problems.UNAVAILABLE.with("retryAfter", 1);

    private final Duration delay;
    private volatile long refusedFrom = Long.MAX_VALUE; // by System.nanoTime()

    LastRequests(@ConfigProperty(name = "quarkus.shutdown.delay") Duration delay) {
        this.delay = delay;
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, BEFORE_ALL_OTHERS);
    }

    void end(@Observes ShutdownDelayInitiatedEvent unready) {
        refusedFrom = System.nanoTime() + delay.toNanos();
    }

    private void admit(RoutingContext request) {
        long from = refusedFrom;
        boolean last = from != Long.MAX_VALUE && System.nanoTime() - from >= 0;
        if (last && !request.normalizedPath().startsWith("/q/")) {
            refuse(request);
        } else {
            request.next();
        }
    }

    private static void refuse(RoutingContext request) {
        var language = ProblemResponses.language(request.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        request.response()
                .setStatusCode(REFUSED.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .putHeader(HttpHeaders.CONTENT_LANGUAGE, language.getLanguage())
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader(HttpHeaders.RETRY_AFTER, "1")
                .putHeader(HttpHeaders.CONNECTION, "close")
                .end(Buffer.buffer(ProblemResponses.body(REFUSED, language)));
    }
}
