package org.jikimi.referral.placement;

/** Where children go for whom there is no bed. */
public enum Fallback {
    /** A shelter outside their district's own has room for all of them; a supervisor reserves it. */
    NEIGHBOURING_DISTRICT,
    /** Emergency foster care 위기아동 가정보호. */
    EMERGENCY_FOSTER_CARE,
    /** Chosen by a person who has seen the child, never by rule. */
    HOSPITAL,
    NONE_YET
}
