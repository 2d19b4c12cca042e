package org.jikimi.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What has begun and not ended: the run, a class, a test. What is to be done at the end is done when the innermost ends that
 * had begun when it was asked for. Outside of all, nothing is ever done.
 */
final class Scopes {
    private final Deque<List<Runnable>> open = new ArrayDeque<>();

    synchronized void begin() {
        open.push(new ArrayList<>());
    }

    synchronized boolean isOpen() {
        return !open.isEmpty();
    }

    synchronized void atEnd(Runnable task) {
        if (!open.isEmpty()) {
            open.peek().add(task);
        }
    }

    void end() {
        List<Runnable> ended;
        synchronized (this) {
            ended = open.isEmpty() ? List.of() : open.pop();
        }
        ended.forEach(Runnable::run);
    }
}
