package org.jikimi.runtime.rest;

/** Ends the work on a request that was answered before, and carries the first answer out of it. */
final class Repeated extends RuntimeException {
    private final transient Idempotency.Replay first;

    Repeated(Idempotency.Replay first) {
        super("answered before", null, false, false);
        this.first = first;
    }

    Idempotency.Replay first() {
        return first;
    }
}
