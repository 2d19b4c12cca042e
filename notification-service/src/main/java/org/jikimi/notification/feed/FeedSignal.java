package org.jikimi.notification.feed;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the dispatcher of this process; what other replicas planned it finds by looking now and then. */
@ApplicationScoped
public class FeedSignal {
    private static final Duration NOW_AND_THEN = Duration.ofMillis(250);

    private final Semaphore planned = new Semaphore(0);

    void somethingIsPlanned() {
        planned.release();
    }

    void await() throws InterruptedException {
        if (planned.tryAcquire(NOW_AND_THEN.toMillis(), TimeUnit.MILLISECONDS)) {
            planned.drainPermits();
        }
    }
}
