package org.jikimi.cases.clock;

/** Where a clock stands. A breached clock is still open: what it waits for has not been done. */
public enum ClockState {
    RUNNING,
    BREACHED,
    STOPPED,
    CANCELLED;

    boolean isOpen() {
        return this == RUNNING || this == BREACHED;
    }
}
