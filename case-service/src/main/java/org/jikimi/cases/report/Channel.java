package org.jikimi.cases.report;

/** Where a report came from; {@code VISIT} is the platform's own. */
public enum Channel {
    VISIT,
    HOTLINE_112,
    MANDATED_REPORTER,
    CITIZEN,
    SHOP
}
