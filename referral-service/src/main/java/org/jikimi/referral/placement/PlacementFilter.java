package org.jikimi.referral.placement;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which of the placements that a caller may see are asked for, newest first. */
record PlacementFilter(
        @Nullable PlacementState state,
        @Nullable String districtCode,
        @Nullable UUID childId,
        @Nullable UUID groupId) {
    /** The list in one text, to which a cursor is bound. */
    String name() {
        return "placements?state=" + state + "&districtCode=" + districtCode + "&childId=" + childId + "&groupId="
                + groupId;
    }
}
