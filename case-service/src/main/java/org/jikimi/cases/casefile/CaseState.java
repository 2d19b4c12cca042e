package org.jikimi.cases.casefile;

/** Where a case stands. */
public enum CaseState {
    OPEN,
    ASSESSMENT,
    PLANNED,
    IN_SERVICE,
    FOLLOW_UP,
    CLOSED,
    MANAGEMENT_REFUSED
}
