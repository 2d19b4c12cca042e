package org.jikimi.referral.referral;

/** Why an agency declines. */
public enum RefusalReason {
    NO_CAPACITY,
    OUT_OF_CATCHMENT,
    NOT_SUITABLE,
    /** Also when somebody of the agency is accused in the child's matter. */
    CONFLICT_OF_INTEREST,
    OTHER
}
