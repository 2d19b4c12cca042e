package org.jikimi.runtime.rest;

import org.jspecify.annotations.Nullable;

/**
 * Ends the work on a request that was answered before, and carries the first answer out of it, and why it was asked: a repeat has
 * the body of the first, and so its purpose.
 */
final class Repeated extends RuntimeException {
    private final transient Idempotency.Replay first;
    private final @Nullable String purpose;

    Repeated(Idempotency.Replay first, @Nullable String purpose) {
        super("answered before", null, false, false);
        this.first = first;
        this.purpose = purpose;
    }

    Idempotency.Replay first() {
        return first;
    }

    @Nullable
    String purpose() {
        return purpose;
    }
}
