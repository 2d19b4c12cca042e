package org.jikimi.cases.visit;

/** Where a visit stands. */
public enum VisitState {
    PLANNED,
    ATTEMPTED,
    COMPLETED,
    CLOSED
}
