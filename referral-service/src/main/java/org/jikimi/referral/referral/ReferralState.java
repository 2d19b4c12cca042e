package org.jikimi.referral.referral;

/** States of a referral, in the contracts' codes. */
public enum ReferralState {
    REQUESTED,
    OFFERED,
    ACCEPTED,
    /** Passing: the next best is offered it, or it stays unplaced. */
    DECLINED,
    /** Passing, as {@link #DECLINED}. */
    EXPIRED,
    IN_SERVICE,
    COMPLETED,
    CANCELLED,
    /** No taker is left; tried again when an agency has a place. */
    UNPLACED;

    /** Whether an agency has taken it on. */
    boolean isTaken() {
        return this == ACCEPTED || this == IN_SERVICE;
    }
}
