package org.jikimi.notification.delivery;

/** Where a delivery stands. */
public enum DeliveryState {
    PENDING,
    /** The recipient's server has taken it over. */
    SENT,
    /** The recipient's server has refused it for good; it can be sent again by hand. */
    FAILED
}
