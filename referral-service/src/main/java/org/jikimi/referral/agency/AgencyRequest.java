package org.jikimi.referral.agency;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST agencies}.
 *
 * @param id UUID
 * @param kind one of {@link AgencyKind}
 * @param name 1 to 200 characters
 * @param districtCode where it lies, five digits
 * @param catchment districts it serves; its own if absent
 * @param services what it offers, and to how many children at once
 * @param beds of a shelter; absent or 0 elsewhere
 * @param validFrom ISO date of its first day; today if absent
 */
public record AgencyRequest(
        @Nullable String id,
        @Nullable String kind,
        @Nullable String name,
        @Nullable String districtCode,
        @Nullable List<@Nullable String> catchment,
        @Nullable List<@Nullable PlacesRequest> services,
        @Nullable Integer beds,
        @Nullable String validFrom) {
    static final AgencyRequest EMPTY = new AgencyRequest(null, null, null, null, null, null, null, null);
}
