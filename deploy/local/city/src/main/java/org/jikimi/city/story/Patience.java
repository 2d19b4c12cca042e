package org.jikimi.city.story;

import java.time.Duration;

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
        long end = System.nanoTime() + total.toNanos();
        while (true) {
            if (condition.holds()) {
                return true;
            }
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            rest();
        }
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
