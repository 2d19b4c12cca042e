package org.jikimi.runtime.inbox;

/** Why an event waits in the inbox. */
public enum ParkReason {
    /** It lacks its predecessor; others of its key go on. */
    EARLY,
    /** It cannot be applied as it is; others of its key wait behind it. */
    FAILED,
    /** It could be applied, but one before it has failed. */
    BEHIND
}
