package org.jikimi.cases.report;

/** How soon somebody must be there. */
public enum Urgency {
    EMERGENCY,
    URGENT,
    ORDINARY
}
