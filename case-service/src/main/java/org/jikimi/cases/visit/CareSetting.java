package org.jikimi.cases.visit;

/** Who raises a child known by a temporary number. */
public enum CareSetting {
    HOME,
    RELATIVE,
    FACILITY,
    ADOPTED,
    UNKNOWN
}
