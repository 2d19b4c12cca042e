package org.jikimi.city.story;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How long to go on trying.
 *
 * @param total after which the story fails
 * @param pause between two tries
 */
public record Patience(Duration total, Duration pause) {
    /** Enough for a killed service to come back. */
    public static Patience usual() {
        return new Patience(Duration.ofMinutes(3), Duration.ofMillis(500));
    }

    /** Something that may not be so yet. */
    @FunctionalInterface
    interface Condition {
        boolean holds();
    }

    /** Asks until it holds; answers false if it still does not when the patience has run out. */
    boolean until(Condition condition) {
        return look(condition::holds, holds -> holds);
    }

    /** Looks again and again until enough is seen or the patience has run out; answers what was seen last. */
    <T> T look(Supplier<T> sight, Predicate<T> enough) {
        long end = System.nanoTime() + total.toNanos();
        T seen = sight.get();
        while (!enough.test(seen) && System.nanoTime() - end < 0) {
            rest();
            seen = sight.get();
        }
        return seen;
    }

    void rest() {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoryFailure("interrupted", e);
        }
    }
}
