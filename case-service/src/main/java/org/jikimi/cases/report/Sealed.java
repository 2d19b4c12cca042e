package org.jikimi.cases.report;

import org.jspecify.annotations.Nullable;

/**
 * What is sealed from everybody but the investigator.
 *
 * @param reporter who reported, as JSON; null if nobody said
 * @param narrative what was told; null for none
 */
record Sealed(@Nullable String reporter, @Nullable String narrative) {
    static final Sealed NOTHING = new Sealed(null, null);

    /** Tells nothing. */
    @Override
    public String toString() {
        return "sealed";
    }
}
