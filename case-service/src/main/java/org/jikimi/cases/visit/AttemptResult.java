package org.jikimi.cases.visit;

/** Why nobody was seen at the door. */
public enum AttemptResult {
    NO_ANSWER,
    REFUSED,
    MOVED,
    ABROAD,
    ADDRESS_WRONG,
    NOT_FOUND
}
