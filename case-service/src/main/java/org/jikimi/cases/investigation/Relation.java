package org.jikimi.cases.investigation;

/** How the person found to have abused is related to the child. */
public enum Relation {
    PARENT,
    STEP_OR_ADOPTIVE_PARENT,
    RELATIVE,
    CARER,
    TEACHER,
    OTHER,
    UNKNOWN
}
