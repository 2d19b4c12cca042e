package org.jikimi.cases.visit;

/** Why a birth is not registered yet. */
public enum RegistrationDelay {
    PROCEDURE_UNDER_WAY,
    PARENT_UNKNOWN,
    NO_PAPERS,
    FOREIGN_PARENT,
    UNMARRIED_PARENT,
    DIVORCE_UNDER_WAY,
    OTHER
}
