package org.jikimi.cases.investigation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A protective measure as it is shown.
 *
 * @param endsAt when it ends by law; null where the law sets none
 * @param places what was done about a place
 */
public record MeasureView(
        UUID id,
        long version,
        MeasureState state,
        UUID investigationId,
        UUID childId,
        String districtCode,
        MeasureKind kind,
        List<Integer> items,
        boolean placeNeeded,
        List<UUID> siblingIds,
        Instant takenAt,
        @Nullable Instant endsAt,
        int extensions,
        List<Place> places) {
    /**
     * What was done about a place.
     *
     * @param fallback where the child goes instead; null if a bed was found
     */
    public record Place(
            UUID placementId, String state, @Nullable String fallback) {}

    static MeasureView of(Measure measure, List<Measures.Place> places) {
        return new MeasureView(
                measure.id(),
                measure.version(),
                measure.state(),
                measure.investigationId(),
                measure.childId(),
                measure.districtCode(),
                measure.kind(),
                measure.items(),
                measure.placeNeeded(),
                measure.siblingIds(),
                measure.takenAt(),
                measure.endsAt(),
                measure.extensions(),
                places.stream()
                        .map(place -> new Place(place.placementId(), place.state(), place.fallback()))
                        .toList());
    }
}
