package org.jikimi.cases.investigation;

/** What happens to a measure. */
public enum MeasureEvent {
    INTERIM_REQUESTED,
    COURT_GRANTED,
    COURT_DENIED,
    EXTENDED,
    ENDED
}
