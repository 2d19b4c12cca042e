package org.jikimi.local;

/** Waiting between two looks at something that cannot be waited for. */
final class Pause {
    private Pause() {}

    static void ofMillis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackFailure("The start was interrupted.", e);
        }
    }
}
