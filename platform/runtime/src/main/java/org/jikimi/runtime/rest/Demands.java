package org.jikimi.runtime.rest;

import org.jspecify.annotations.Nullable;

/**
 * What a request must satisfy before it acts.
 *
 * @param claim its {@code Idempotency-Key}; null for none
 * @param needsVersion whether {@code If-Match} is needed
 */
record Demands(Idempotency.@Nullable Claim claim, Remember remember, boolean needsVersion, IfMatch ifMatch) {
    /** The header. */
    @FunctionalInterface
    interface IfMatch {
        /**
         * The version it names.
         *
         * @throws ProblemException 428 if it is missing, 400 if it names none
         */
        long version();
    }
}
