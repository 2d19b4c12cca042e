package org.jikimi.referral.placement;

import java.util.Collection;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.referral.v1.PlacementEnded;
import org.jikimi.contracts.referral.v1.PlacementReserved;
import org.jikimi.contracts.referral.v1.PlacementUnavailable;
import org.jikimi.runtime.event.EventDraft;
import org.jspecify.annotations.Nullable;

/** Tells the platform what became of a child's place; of a shelter no more than its id. */
final class PlacementEvents {
    private PlacementEvents() {}

    static EventDraft reserved(Placement placement, @Nullable UUID causation) {
        var data = new PlacementReserved(
                placement.id(),
                placement.version(),
                placement.state().name(),
                placement.childId(),
                placement.districtCode(),
                placement.measureId(),
                placement.bedOrFail().shelterId(),
                placement.together(),
                placement.splitReason(),
                placement.changedAt());
        return draft(placement, data, causation);
    }

    /** @param group all children who go the same way, this one among them */
    static EventDraft unavailable(Placement placement, Collection<UUID> group, @Nullable UUID causation) {
        var data = new PlacementUnavailable(
                placement.id(),
                placement.version(),
                placement.state().name(),
                placement.childId(),
                placement.districtCode(),
                placement.measureId(),
                Objects.requireNonNull(placement.fallback()).name(),
                group.stream()
                        .filter(child -> !child.equals(placement.childId()))
                        .toList(),
                placement.requestedAt());
        return draft(placement, data, causation);
    }

    static EventDraft ended(Placement placement) {
        var data = new PlacementEnded(
                placement.id(),
                placement.version(),
                placement.state().name(),
                placement.childId(),
                placement.districtCode(),
                placement.measureId(),
                Objects.requireNonNull(placement.endedReason()).name(),
                placement.changedAt());
        return draft(placement, data, null);
    }

    private static EventDraft draft(Placement placement, Record data, @Nullable UUID causation) {
        return new EventDraft(
                data,
                placement.childId(),
                placement.id(),
                placement.districtCode(),
                placement.correlationId(),
                causation);
    }
}
