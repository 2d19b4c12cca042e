package org.jikimi.runtime.rest;

/** How long the first answer to an {@code Idempotency-Key} is given again. */
public enum Remember {
    A_DAY,
    /** For reports and cases: the same report sent again after months is still the same report. */
    FOR_EVER
}
