package org.jikimi.cases.investigation;

/** Who went: together, or one of the two alone, who must notify the other. */
public enum Attendance {
    JOINT,
    LOCAL_GOVERNMENT_ALONE,
    POLICE_ALONE
}
