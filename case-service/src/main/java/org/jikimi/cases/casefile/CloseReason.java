package org.jikimi.cases.casefile;

/** Why a case was closed 종결. */
public enum CloseReason {
    GOALS_REACHED,
    CHILD_CAME_OF_AGE,
    MOVED_AWAY,
    LONG_TERM_CARE,
    DECEASED,
    SUPERVISOR_DECISION
}
