package org.jikimi.local;

/** One part of the stack. */
interface Part {
    /** The name on the console, of the log and of the run record. */
    String name();

    /** Where it answers, for people. */
    String address();

    /**
     * Starts it and returns when it answers.
     *
     * @throws StackFailure if it does not
     */
    void start();

    /** Ends it and what it started; nothing if it does not run. */
    void stop();
}
