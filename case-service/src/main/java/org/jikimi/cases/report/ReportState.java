package org.jikimi.cases.report;

/** Where a report stands. */
public enum ReportState {
    RECEIVED,
    UNDER_INVESTIGATION,
    CLOSED
}
