package org.jikimi.cases.visit;

/** Where a whereabouts check stands. */
public enum CheckState {
    OPEN,
    LOCATED,
    CLOSED
}
