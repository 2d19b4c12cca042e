package org.jikimi.notification.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Wakes the workers of this process when something has been planned. The transaction that planned it has yet to commit
 * then, so they look often for a while. What another replica planned they find by looking now and then.
 */
@ApplicationScoped
public class DeliverySignal {
    private static final Duration WATCHFUL = Duration.ofSeconds(1);
    private static final Duration OFTEN = Duration.ofMillis(10);
    private static final Duration NOW_AND_THEN = Duration.ofMillis(200);

    private final Semaphore planned = new Semaphore(0);
    private final AtomicLong watchfulUntil = new AtomicLong(System.nanoTime());

    void somethingIsPlanned() {
        watchfulUntil.set(System.nanoTime() + WATCHFUL.toNanos());
        planned.release();
    }

    /** Waits until it is worth to look again. */
    void await() throws InterruptedException {
        if (watchfulUntil.get() - System.nanoTime() > 0) {
            Thread.sleep(OFTEN);
        } else if (planned.tryAcquire(NOW_AND_THEN.toMillis(), TimeUnit.MILLISECONDS)) {
            planned.drainPermits();
        }
    }
}
