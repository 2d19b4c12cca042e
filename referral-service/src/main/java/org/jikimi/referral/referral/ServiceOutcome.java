package org.jikimi.referral.referral;

/** What a service came to. */
public enum ServiceOutcome {
    GOALS_REACHED,
    PARTLY_REACHED,
    NOT_REACHED,
    FAMILY_LEFT
}
