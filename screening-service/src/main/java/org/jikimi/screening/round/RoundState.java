package org.jikimi.screening.round;

/** How far a round is. */
enum RoundState {
    PLANNED,
    OPENED,
    SCREENED,
    /** The first visit of one of its flags is planned. */
    TRACKING,
    CLOSED
}
