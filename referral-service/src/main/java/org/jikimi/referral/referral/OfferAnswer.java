package org.jikimi.referral.referral;

/** How an offer ended. */
enum OfferAnswer {
    ACCEPTED,
    DECLINED,
    EXPIRED,
    /** The referral is no longer needed, or the agency is accused in the child's matter. */
    WITHDRAWN
}
