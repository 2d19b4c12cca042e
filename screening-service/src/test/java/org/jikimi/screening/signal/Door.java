package org.jikimi.screening.signal;

import io.quarkus.test.Mock;
import jakarta.inject.Singleton;
import org.jikimi.runtime.rest.Admission;
import org.jikimi.runtime.rest.ProblemException;
import org.jikimi.runtime.rest.Problems;

/** An admission that a test can close, as if the outbox were behind. */
@Mock
@Singleton
class Door implements Admission {
    private volatile boolean closed;

    void close() {
        closed = true;
    }

    void open() {
        closed = false;
    }

    @Override
    public void requireRoom() {
        if (closed) {
            throw new ProblemException(Problems.OUTBOX_BEHIND.with("retryAfter", 30));
        }
    }
}
