package org.jikimi.cases.investigation;

/** Where an investigation stands. */
public enum InvestigationState {
    STARTED,
    DETERMINED,
    CLOSED
}
