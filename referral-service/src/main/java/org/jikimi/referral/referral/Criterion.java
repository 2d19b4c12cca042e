package org.jikimi.referral.referral;

/** What an agency must fulfil to be offered a referral. Of those who do, the one with the least workload is chosen. */
enum Criterion {
    /** It offers the service. */
    SERVICE,
    /** It serves the child's district. */
    CATCHMENT,
    /** It is open. */
    OPEN,
    /** Nobody of it is accused in the child's matter. */
    NOT_EXCLUDED,
    /** It has not had this referral before. */
    NOT_ASKED_BEFORE,
    /** It has a place that neither a family nor an offer holds. */
    FREE_CAPACITY
}
