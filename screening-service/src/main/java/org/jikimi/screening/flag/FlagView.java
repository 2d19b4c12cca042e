package org.jikimi.screening.flag;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A flag as it is shown; see {@link Flag}. */
public record FlagView(
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
        List<Flag.Reason> reasons,
        @Nullable Integer rank,
        boolean urgent,
        String modelVersion,
        LocalDate asOf,
        Instant flaggedAt,
        @Nullable Instant promotedAt) {
    public FlagView {
        reasons = List.copyOf(reasons);
    }

    public static FlagView of(Flag flag) {
        return new FlagView(
                flag.id(),
                flag.version(),
                flag.state(),
                flag.childId(),
                flag.householdId(),
                flag.districtCode(),
                flag.dongCode(),
                flag.roundId(),
                flag.programme(),
                flag.score(),
                flag.reasons(),
                flag.rank(),
                flag.urgent(),
                flag.modelVersion(),
                flag.asOf(),
                flag.flaggedAt(),
                flag.promotedAt());
    }
}
