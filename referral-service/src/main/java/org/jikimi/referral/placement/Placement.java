package org.jikimi.referral.placement;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A bed in a shelter 쉼터 for a child, or the wait for one. Each step answers the next version.
 *
 * @param groupId siblings who are placed together
 * @param bed null while there is none; kept after discharge
 * @param together whether the siblings who were placed with it are in the same shelter
 * @param splitReason why they are not; null if they are
 * @param fallback where the child goes meanwhile; null unless unplaced
 * @param heldUntil when a hold ends; null unless held
 */
public record Placement(
        UUID id,
        long version,
        PlacementState state,
        UUID groupId,
        UUID childId,
        String districtCode,
        @Nullable UUID measureId,
        UUID correlationId,
        @Nullable Bed bed,
        boolean together,
        @Nullable String splitReason,
        @Nullable Fallback fallback,
        Instant requestedAt,
        @Nullable Instant heldUntil,
        @Nullable EndReason endedReason,
        Instant changedAt) {

    static UUID idOf(UUID groupId, UUID childId) {
        return UUID.nameUUIDFromBytes(("placement:" + groupId + ":" + childId).getBytes(StandardCharsets.UTF_8));
    }

    /** A child for whom a bed is still to be sought; version 0, never stored. */
    static Placement sought(Need need, UUID childId, Instant at) {
        return new Placement(
                idOf(need.groupId(), childId),
                0,
                PlacementState.UNPLACED,
                need.groupId(),
                childId,
                need.districtCode(),
                need.measureId(),
                need.correlationId(),
                null,
                true,
                null,
                Fallback.NONE_YET,
                at,
                null,
                null,
                at);
    }

    public @Nullable UUID shelterId() {
        return bed == null ? null : bed.shelterId();
    }

    Bed bedOrFail() {
        return Objects.requireNonNull(bed, "bed");
    }

    Placement held(Bed found, @Nullable String split, Instant until, Instant at) {
        require(state == PlacementState.UNPLACED);
        return next(PlacementState.HELD, measureId, found, split, null, until, null, at);
    }

    Placement reserved(Bed found, @Nullable String split, Instant at) {
        require(state == PlacementState.UNPLACED);
        return next(PlacementState.RESERVED, measureId, found, split, null, null, null, at);
    }

    /** The bed that was held is now the child's. */
    Placement confirmed(@Nullable UUID measure, Instant at) {
        require(state == PlacementState.HELD);
        return next(
                PlacementState.RESERVED, measure == null ? measureId : measure, bed, splitReason, null, null, null, at);
    }

    Placement unplaced(Fallback instead, Instant at) {
        require(state == PlacementState.UNPLACED || state == PlacementState.HELD || state == PlacementState.RESERVED);
        return next(PlacementState.UNPLACED, measureId, null, null, instead, null, null, at);
    }

    Placement released(Instant at) {
        require(state == PlacementState.HELD);
        return next(PlacementState.RELEASED, measureId, bed, splitReason, null, null, null, at);
    }

    Placement admitted(Instant at) {
        require(state == PlacementState.RESERVED);
        return next(PlacementState.ADMITTED, measureId, bed, splitReason, null, null, null, at);
    }

    Placement discharged(EndReason why, Instant at) {
        require(state.isActive());
        return next(PlacementState.DISCHARGED, measureId, bed, splitReason, null, null, why, at);
    }

    private Placement next(
            PlacementState to,
            @Nullable UUID measure,
            @Nullable Bed where,
            @Nullable String split,
            @Nullable Fallback instead,
            @Nullable Instant until,
            @Nullable EndReason why,
            Instant at) {
        return new Placement(
                id,
                version + 1,
                to,
                groupId,
                childId,
                districtCode,
                measure,
                correlationId,
                where,
                split == null,
                split,
                instead,
                requestedAt,
                until,
                why,
                at);
    }

    private void require(boolean allowed) {
        if (!allowed) {
            throw new IllegalStateException("placement " + id + " is " + state);
        }
    }
}
