package org.jikimi.runtime.rest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much one caller may ask of one replica. */
@ConfigMapping(prefix = "jikimi.limits")
public interface LimitSettings {
    /** Requests of one principal a second, in the long run. */
    @WithDefault("200")
    double perSecond();

    /** Requests of one principal at once. */
    @WithDefault("1000")
    int burst();

    /** Bytes of a JSON body; streamed batches are not bound by it. */
    @WithDefault("1048576")
    long jsonBytes();

    /** How long an event may wait in the outbox before work in bulk is refused. */
    @WithDefault("PT2M")
    Duration oldestUnsent();

    /** What those who are refused for it are told to wait. */
    @WithDefault("PT30S")
    Duration retryBulkAfter();
}
