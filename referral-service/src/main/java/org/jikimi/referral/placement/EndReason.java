package org.jikimi.referral.placement;

/** Why a child no longer needs the bed, or the wait for one. */
public enum EndReason {
    RETURNED_HOME,
    KINSHIP_CARE,
    FOSTER_CARE,
    FACILITY,
    HOSPITAL,
    OTHER_SHELTER,
    /** The child never came, or it was decided otherwise. */
    NOT_NEEDED
}
