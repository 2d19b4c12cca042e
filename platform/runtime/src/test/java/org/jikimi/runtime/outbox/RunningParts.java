package org.jikimi.runtime.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Relays and consumers that run on threads of their own until they are stopped. */
final class RunningParts {
    private record Running(AutoCloseable part, Thread thread) {}

    private final List<Running> running = new ArrayList<>();

    <T extends Runnable & AutoCloseable> T start(T part) {
        running.add(new Running(part, Thread.ofPlatform().daemon().start(part)));
        return part;
    }

    void stop() throws Exception {
        stop(part -> true);
    }

    /** Ends those alone; the others go on. */
    void stop(Predicate<AutoCloseable> which) throws Exception {
        for (var one : List.copyOf(running)) {
            if (which.test(one.part())) {
                one.part().close();
                one.thread().join();
                running.remove(one);
            }
        }
    }
}
