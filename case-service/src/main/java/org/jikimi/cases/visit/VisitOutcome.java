package org.jikimi.cases.visit;

/** The result of a visit for one child. */
public enum VisitOutcome {
    SAFE,
    WELFARE_NEED,
    SUSPECTED_ABUSE,
    REFUSED,
    UNLOCATED,
    ABROAD,
    MOVED,
    DECEASED
}
