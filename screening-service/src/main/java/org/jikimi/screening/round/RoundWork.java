package org.jikimi.screening.round;

/** What is being done for a round in the background; it goes on after a restart. */
enum RoundWork {
    OPENING,
    SCREENING
}
