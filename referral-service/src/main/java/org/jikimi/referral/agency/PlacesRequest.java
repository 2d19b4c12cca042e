package org.jikimi.referral.agency;

import org.jspecify.annotations.Nullable;

/**
 * A service and how many children an agency takes for it.
 *
 * @param code one of the catalogue, {@code GET services}
 * @param capacity 0 to 100,000
 */
public record PlacesRequest(@Nullable String code, @Nullable Integer capacity) {}
