package org.jikimi.cases.investigation;

/** What was determined; {@code UNFOUNDED} is the platform's code, official statistics count it in 일반사례. */
public enum DeterminationKind {
    ABUSE,
    GENERAL_CASE,
    UNFOUNDED
}
