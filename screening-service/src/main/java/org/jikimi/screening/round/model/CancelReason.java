package org.jikimi.screening.round.model;

/** Why a round is given up before it has flagged anybody. */
public enum CancelReason {
    /** Its opening or screening fails however often it is tried. */
    CANNOT_BE_SCREENED,
    /** Another programme, day or composition was meant. */
    PLANNED_WRONGLY,
    /** Another round takes its place, or none is wanted. */
    NO_LONGER_NEEDED
}
