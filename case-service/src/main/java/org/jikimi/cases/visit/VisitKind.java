package org.jikimi.cases.visit;

/** Who goes. */
public enum VisitKind {
    DONG_OFFICER,
    JOINT_WITH_POLICE
}
