package org.jikimi.cases.visit;

/** Whether the birth is registered 출생신고, for children known by a temporary number. */
public enum BirthRegistration {
    REGISTERED,
    PLANNED,
    OVERSEAS,
    NOT_REGISTERED,
    RECORD_ERROR
}
