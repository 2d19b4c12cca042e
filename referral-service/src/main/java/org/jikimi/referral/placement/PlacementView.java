package org.jikimi.referral.placement;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.referral.access.RowScope;
import org.jikimi.runtime.security.Caller;
import org.jspecify.annotations.Nullable;

/**
 * A placement as the API shows it. The child is a pseudonym.
 *
 * @param groupId siblings who are placed together: {@code GET placements?groupId=}
 * @param agencyId the shelter, for supervisors and its own staff; null for everybody else
 * @param bed number of the bed, as {@code agencyId}
 * @param fallback where the child goes while it waits; null unless unplaced
 * @param heldUntil when a hold ends
 */
public record PlacementView(
        UUID id,
        long version,
        String state,
        UUID groupId,
        UUID childId,
        String districtCode,
        @Nullable UUID measureId,
        UUID correlationId,
        @Nullable UUID agencyId,
        @Nullable Integer bed,
        boolean siblingsTogether,
        @Nullable String splitReason,
        @Nullable String fallback,
        Instant requestedAt,
        @Nullable Instant heldUntil,
        @Nullable String endedReason,
        Instant changedAt) {

    static PlacementView of(Caller caller, Placement placement) {
        var bed = RowScope.knowsShelter(caller, placement.shelterId()) ? placement.bed() : null;
        return new PlacementView(
                placement.id(),
                placement.version(),
                placement.state().name(),
                placement.groupId(),
                placement.childId(),
                placement.districtCode(),
                placement.measureId(),
                placement.correlationId(),
                bed == null ? null : bed.shelterId(),
                bed == null ? null : bed.number(),
                placement.together(),
                placement.splitReason(),
                Objects.toString(placement.fallback(), null),
                placement.requestedAt(),
                placement.heldUntil(),
                Objects.toString(placement.endedReason(), null),
                placement.changedAt());
    }
}
