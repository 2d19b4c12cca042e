package org.jikimi.notification.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes the workers of this process. Once something has been committed they look at once; while a transaction that has
 * planned something has yet to commit they look often for a while. What another replica planned they find by looking
 * now and then.
 */
@ApplicationScoped
public class DeliverySignal {
    private static final Duration WATCHFUL = Duration.ofSeconds(1);
    private static final Duration OFTEN = Duration.ofMillis(10);
    private static final Duration NOW_AND_THEN = Duration.ofMillis(200);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition called = lock.newCondition();
    private long calls;
    private long watchfulUntil = System.nanoTime();

    void somethingIsPlanned() {
        call(WATCHFUL);
    }

    void somethingIsCommitted() {
        call(Duration.ZERO);
    }

    /** How often the workers have been called: to be asked before looking, lest a call be missed meanwhile. */
    long calls() {
        lock.lock();
        try {
            return calls;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it is worth to look again after one has looked, having known of so many calls. */
    void await(long known) throws InterruptedException {
        lock.lock();
        try {
            boolean watchful = watchfulUntil - System.nanoTime() > 0;
            long left = (watchful ? OFTEN : NOW_AND_THEN).toNanos();
            while (calls == known && left > 0) {
                left = called.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void call(Duration watchful) {
        lock.lock();
        try {
            calls++;
            watchfulUntil = Math.max(watchfulUntil, System.nanoTime() + watchful.toNanos());
            called.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
