package org.jikimi.referral.agency;

import org.jspecify.annotations.Nullable;

/**
 * Which agencies are asked for.
 *
 * @param districtCode those that serve it
 */
record AgencyFilter(@Nullable AgencyKind kind, @Nullable String districtCode) {
    /** The list in one text, to which a cursor is bound. */
    String name() {
        return "agencies?kind=" + kind + "&districtCode=" + districtCode;
    }
}
