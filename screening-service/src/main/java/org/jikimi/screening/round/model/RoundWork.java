package org.jikimi.screening.round.model;

/** What is being done for a round in the background; it goes on after a restart. */
public enum RoundWork {
    OPENING,
    SCREENING;

    /** Kind of the due work that does it; its subject is the round. */
    public static final String KIND = "round";
}
