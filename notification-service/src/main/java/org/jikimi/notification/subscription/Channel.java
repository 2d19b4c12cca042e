package org.jikimi.notification.subscription;

/** How a subscriber is told. */
public enum Channel {
    /** Alerts, by mail. */
    EMAIL,
    /** Events, by signed POST (Standard Webhooks). */
    WEBHOOK
}
