package org.jikimi.referral.referral;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which of the referrals that a caller may see are asked for, newest first. */
record ReferralFilter(
        @Nullable ReferralState state,
        @Nullable String districtCode,
        @Nullable UUID childId,
        @Nullable UUID caseId,
        @Nullable UUID visitId) {
    /** The list in one text, to which a cursor is bound. */
    String name() {
        return "referrals?state=" + state + "&districtCode=" + districtCode + "&childId=" + childId + "&caseId="
                + caseId + "&visitId=" + visitId;
    }
}
