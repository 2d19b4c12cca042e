package org.jikimi.notification.alert;

/** How pressing an alert is; the most pressing leave first. */
public enum Severity {
    INFO(2),
    WARNING(1),
    CRITICAL(0);

    private final int priority;

    Severity(int priority) {
        this.priority = priority;
    }

    /** Its place in the queue, 0 first. */
    int priority() {
        return priority;
    }
}
