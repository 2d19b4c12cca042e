package org.jikimi.referral.referral;

/** How long an offer may wait; see {@link OfferTerms}. */
public enum Urgency {
    EMERGENCY,
    URGENT,
    ORDINARY
}
