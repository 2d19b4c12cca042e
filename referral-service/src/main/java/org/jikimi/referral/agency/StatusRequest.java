package org.jikimi.referral.agency;

import org.jspecify.annotations.Nullable;

/** Body of {@code POST agencies/{id}/status}: {@code OPEN}, {@code RENOVATING} or {@code CLOSED}. */
public record StatusRequest(@Nullable String state) {
    static final StatusRequest EMPTY = new StatusRequest(null);
}
