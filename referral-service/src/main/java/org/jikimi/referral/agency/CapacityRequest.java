package org.jikimi.referral.agency;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST agencies/{id}/capacity}; services that are not named keep their places.
 *
 * @param validFrom ISO date, today or later; today if absent
 */
public record CapacityRequest(
        @Nullable List<@Nullable PlacesRequest> services,
        @Nullable Integer beds,
        @Nullable String validFrom) {
    static final CapacityRequest EMPTY = new CapacityRequest(null, null, null);
}
