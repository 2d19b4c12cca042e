package org.jikimi.cases.clock;

/** Why a supervisor closed a clock by hand. */
public enum CancelReason {
    CHILD_SEEN_BY_ANOTHER_AGENCY,
    CHILD_DECEASED,
    LIVES_ABROAD_FOR_GOOD,
    DONE_OUTSIDE_THE_PLATFORM,
    ENTERED_IN_ERROR
}
