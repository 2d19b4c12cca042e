package org.jikimi.cases.visit;

import java.time.Instant;
import java.util.UUID;

/**
 * Where, why and how soon a household is visited.
 *
 * @param ordinal which visit of the household, from 1
 * @param correlation the flag that leads to it
 */
record VisitPlan(
        UUID householdId,
        int ordinal,
        String districtCode,
        String dongCode,
        boolean urgent,
        UUID correlation,
        Instant at) {}
