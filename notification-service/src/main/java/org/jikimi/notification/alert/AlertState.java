package org.jikimi.notification.alert;

/** Where an alert stands. */
public enum AlertState {
    RAISED,
    /** Somebody took it on. */
    ACKNOWLEDGED,
    /** Nobody took it on in time; a supervisor knows. */
    ESCALATED,
    /** What it asked for has been done. */
    CLOSED
}
