package org.jikimi.screening.round.model;

/** How far a round is. */
public enum RoundState {
    PLANNED,
    OPENED,
    SCREENED,
    /** The first visit of one of its flags is planned. */
    TRACKING,
    /** Ended, or given up before it had flagged anybody. */
    CLOSED
}
