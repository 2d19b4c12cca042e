package org.jikimi.cases.investigation;

/** Where the child lives on 보호조치. */
public enum ProtectionDecision {
    HOME,
    KINSHIP,
    FOSTER,
    FACILITY
}
