package org.jikimi.contracts.cases.v1;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.MayBeAbsent;

/**
 * A protective measure was taken: 응급조치, 긴급임시조치, 임시조치 or 즉각분리 (immediate separation); legal clocks run from
 * {@code takenAt}.
 *
 * @param measureId the measure
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state. One of {@code TAKEN}, {@code INTERIM_REQUESTED}, {@code COURT_GRANTED},
 *     {@code COURT_DENIED}, {@code EXTENDED}, {@code ENDED}.
 * @param childId the child, a pseudonym
 * @param districtCode district 자치구, five digits
 * @param investigationId the investigation
 * @param kind measure. One of {@code EMERGENCY}, {@code URGENT_INTERIM}, {@code INTERIM}, {@code IMMEDIATE_SEPARATION}.
 * @param placeNeeded whether the child needs a shelter place
 * @param siblingIds siblings to be kept together, pseudonyms
 * @param excludedAgencyIds agencies excluded from everything that follows
 * @param takenAt when it was taken
 * @param endsAt legal end; absent where the law sets none
 */
public record ProtectiveMeasureTaken(
        UUID measureId,
        long version,
        String state,
        UUID childId,
        String districtCode,
        UUID investigationId,
        String kind,
        boolean placeNeeded,
        List<UUID> siblingIds,
        List<UUID> excludedAgencyIds,
        Instant takenAt,
        @MayBeAbsent Instant endsAt) {
    public ProtectiveMeasureTaken {
        Objects.requireNonNull(measureId, "measureId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(childId, "childId");
        Objects.requireNonNull(districtCode, "districtCode");
        Objects.requireNonNull(investigationId, "investigationId");
        Objects.requireNonNull(kind, "kind");
        siblingIds = List.copyOf(siblingIds);
        excludedAgencyIds = List.copyOf(excludedAgencyIds);
        Objects.requireNonNull(takenAt, "takenAt");
    }
}
