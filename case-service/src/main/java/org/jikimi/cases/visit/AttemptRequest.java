package org.jikimi.cases.visit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt as it is sent.
 *
 * @param attemptedAt when; now if it is left out
 */
public record AttemptRequest(
        @Nullable AttemptResult result, @Nullable Instant attemptedAt) {
    static final AttemptRequest EMPTY = new AttemptRequest(null, null);
}
