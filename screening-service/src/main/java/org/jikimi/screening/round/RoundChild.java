package org.jikimi.screening.round;

import java.util.UUID;
import org.jikimi.screening.model.Facts;
import org.jspecify.annotations.Nullable;

/**
 * A child as a round froze it.
 *
 * @param scheme the best identifier known; null for a provisional child
 * @param openWork whether somebody works for the child already
 * @param reports suspicions of abuse ever reported
 * @param refused whether a visit was ever refused
 */
record RoundChild(
        UUID childId,
        UUID householdId,
        String dongCode,
        String care,
        @Nullable String scheme,
        Facts facts,
        boolean openWork,
        int reports,
        boolean refused) {}
