package org.jikimi.notification.alert;

/** What an alert is about, as the contracts name it. */
public enum SubjectType {
    FLAG,
    VISIT,
    REPORT,
    INVESTIGATION,
    MEASURE,
    CASE,
    REFERRAL,
    PLACEMENT,
    ROUND,
    CLOCK,
    SILENCE,
    CHILD
}
