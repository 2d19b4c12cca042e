package org.jikimi.screening.batch;

/** What the lines of a batch are. */
public enum BatchKind {
    CHILDREN,
    SIGNALS
}
