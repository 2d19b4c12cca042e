package org.jikimi.cases.investigation;

/** Where a measure stands. */
public enum MeasureState {
    TAKEN,
    INTERIM_REQUESTED,
    COURT_GRANTED,
    COURT_DENIED,
    EXTENDED,
    ENDED
}
