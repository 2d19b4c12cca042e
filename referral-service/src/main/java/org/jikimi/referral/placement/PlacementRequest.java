package org.jikimi.referral.placement;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST placements}.
 *
 * @param childId the child, a pseudonym
 * @param siblingIds siblings who need a place too
 * @param districtCode five digits
 * @param excludedAgencyIds agencies accused in the children's matter; kept for everything that follows
 * @param correlationId the flag or report that began it, if known
 */
public record PlacementRequest(
        @Nullable String childId,
        @Nullable List<@Nullable String> siblingIds,
        @Nullable String districtCode,
        @Nullable List<@Nullable String> excludedAgencyIds,
        @Nullable String correlationId) {
    static final PlacementRequest EMPTY = new PlacementRequest(null, null, null, null, null);
}
