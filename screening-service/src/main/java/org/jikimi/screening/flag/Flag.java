package org.jikimi.screening.flag;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A child selected for a visit, or one of a round that waits in its backlog.
 *
 * @param state {@code FLAGGED}, {@code BACKLOG}, {@code VISITED}, or {@code CLOSED} if the child died or emigrated before
 *     anybody went
 * @param roundId null for a flag between rounds
 * @param score points
 * @param reasons most points first
 * @param rank place in the dong, from 1; null between rounds
 * @param asOf day on which the inputs were judged
 * @param promotedAt when it moved up from the backlog; null if it never waited there, or waits there still
 */
public record Flag(
        UUID id,
        long version,
        String state,
        UUID childId,
        UUID householdId,
        String districtCode,
        String dongCode,
        @Nullable UUID roundId,
        @Nullable String programme,
        int score,
        List<Reason> reasons,
        @Nullable Integer rank,
        boolean urgent,
        String modelVersion,
        LocalDate asOf,
        Instant flaggedAt,
        @Nullable Instant promotedAt) {
    public static final String FLAGGED = "FLAGGED";
    public static final String BACKLOG = "BACKLOG";

    public Flag {
        reasons = List.copyOf(reasons);
    }

    /** Moves up from the backlog: the dong can visit more than the round had counted on. */
    public Flag promoted(Instant now) {
        return new Flag(
                id,
                version + 1,
                FLAGGED,
                childId,
                householdId,
                districtCode,
                dongCode,
                roundId,
                programme,
                score,
                reasons,
                rank,
                urgent,
                modelVersion,
                asOf,
                flaggedAt,
                now);
    }

    /** The same for the child that its child proved to be. */
    public Flag of(UUID child) {
        return new Flag(
                id,
                version,
                state,
                child,
                householdId,
                districtCode,
                dongCode,
                roundId,
                programme,
                score,
                reasons,
                rank,
                urgent,
                modelVersion,
                asOf,
                flaggedAt,
                promotedAt);
    }

    /** When it was flagged, at the latest. */
    public Instant lastFlaggedAt() {
        return promotedAt == null ? flaggedAt : promotedAt;
    }

    /** Why: a code of the scorecard and the points it gave. */
    public record Reason(String code, int points) {}
}
