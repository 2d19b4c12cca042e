package org.jikimi.cases.visit;

/** What the police found out about a child's whereabouts. */
public enum CheckResult {
    LOCATED,
    NOT_FOUND,
    ABROAD,
    DECEASED
}
