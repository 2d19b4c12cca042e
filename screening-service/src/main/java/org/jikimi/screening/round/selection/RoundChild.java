package org.jikimi.screening.round.selection;

import java.util.UUID;
import org.jikimi.screening.model.Facts;
import org.jspecify.annotations.Nullable;

/**
 * A child as a round froze it.
 *
 * @param scheme the best identifier known; null for a provisional child
 * @param work what somebody does for the child already; null for nothing
 * @param reports suspicions of abuse reported in the year before
 * @param refused whether a visit or case management was refused in the year before
 */
public record RoundChild(
        UUID childId,
        UUID householdId,
        String dongCode,
        String care,
        @Nullable String scheme,
        Facts facts,
        @Nullable Work work,
        int reports,
        boolean refused) {

    /**
     * Open work.
     *
     * @param kind {@code CASE}, {@code REPORT}, {@code VISIT} or {@code FLAG}: the first of them that there is
     * @param ref the case file, report, visit or flag
     */
    public record Work(String kind, UUID ref) {}
}
