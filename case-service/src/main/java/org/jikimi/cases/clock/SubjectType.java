package org.jikimi.cases.clock;

/** What a clock is about. */
public enum SubjectType {
    VISIT,
    REPORT,
    INVESTIGATION,
    MEASURE,
    ROUND
}
