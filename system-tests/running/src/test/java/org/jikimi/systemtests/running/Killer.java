package org.jikimi.systemtests.running;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jikimi.local.Stack;

/**
 * Kills one part of the platform after the other, as kill -9 does, sometimes two at once, and lets them come back before
 * the next dies. The seed decides whom and when; all six parts die in the first kills of any three seeds in a row.
 */
final class Killer implements AutoCloseable {
    static final List<String> PARTS = List.of(
            "postgresql", "case-service", "kafka", "screening-service", "notification-service", "referral-service");

    private static final int FIXED = 2;
    private static final int MOST = 3;
    private static final Duration BACK_WITHIN = Duration.ofMinutes(2);

    private final Stack stack;
    private final SplittableRandom random;
    private final List<String> victims = new ArrayList<>();
    private final List<String> killed = new ArrayList<>();
    private final CountDownLatch enough = new CountDownLatch(1);
    private final Thread thread;

    Killer(Stack stack, int seed) {
        this.stack = stack;
        this.random = new SplittableRandom(seed);
        for (int i = 0; i < FIXED; i++) {
            victims.add(PARTS.get((seed * FIXED + i) % PARTS.size()));
        }
        while (victims.size() < MOST) {
            victims.add(PARTS.get(random.nextInt(PARTS.size())));
        }
        this.thread = Thread.ofPlatform().name("killer").start(this::killThemAll);
    }

    private void killThemAll() {
        try {
            var left = new ArrayDeque<>(victims);
            while (!left.isEmpty() && !enough.await(300 + random.nextInt(1_700), TimeUnit.MILLISECONDS)) {
                var dying = new LinkedHashSet<String>();
                dying.add(left.remove());
                if (random.nextInt(3) == 0 && !left.isEmpty()) {
                    dying.add(left.remove());
                }
                dying.forEach(this::kill);
                dying.forEach(part ->
                        Awaitility.await(part + " is back").atMost(BACK_WITHIN).until(() -> stack.isUp(part)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void kill(String part) {
        var process = stack.processOf(part).orElseThrow();
        System.out.println("  kill -9 " + part);
        stack.kill(part);
        process.onExit().join();
        killed.add(part);
    }

    /** Whom it has killed, in this order; complete once it is closed. */
    List<String> killed() {
        return List.copyOf(killed);
    }

    /** Kills nobody any more, and waits until the last one is back. */
    @Override
    public void close() {
        enough.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
