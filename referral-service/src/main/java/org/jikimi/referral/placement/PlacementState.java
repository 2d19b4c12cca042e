package org.jikimi.referral.placement;

/** States of a placement, in the contracts' codes. */
public enum PlacementState {
    /** A bed is kept until a time, while it is decided whether the child needs it. */
    HELD,
    RESERVED,
    ADMITTED,
    DISCHARGED,
    /** No bed was found; tried again whenever one is free. */
    UNPLACED,
    /** The hold ran out and nobody had asked for the bed. */
    RELEASED;

    boolean hasBed() {
        return this == HELD || this == RESERVED || this == ADMITTED;
    }

    /** Whether the child is still to be placed, or is. */
    boolean isActive() {
        return hasBed() || this == UNPLACED;
    }
}
