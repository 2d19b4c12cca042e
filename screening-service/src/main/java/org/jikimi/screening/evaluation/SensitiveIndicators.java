package org.jikimi.screening.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jikimi.screening.reference.Indicator;
import org.jikimi.screening.reference.Indicators;

/** Indicators whose part in a model is told apart. */
final class SensitiveIndicators {
    /** What our own work produces: a family that we have met before is no discovery. */
    static final long OWN_WORK = mask(Set.of("PRIOR_ABUSE", "REPEATED_VISIT_REFUSAL"));

    /** 빈곤: arrears and cut-offs, and debt. */
    private static final long POVERTY = groups(Set.of("utilities", "arrears")) | mask(Set.of("CAREGIVER_DEBT"));

    /** 급여: benefits that ended, were not claimed, or are received. */
    private static final long BENEFITS = groups(Set.of("benefits"));

    /** 장애. */
    private static final long DISABILITY = mask(Set.of("FAMILY_DISABILITY", "CHILD_DISABILITY"));

    static final List<Map.Entry<String, Long>> KINDS = List.of(
            Map.entry("poverty", POVERTY), Map.entry("benefits", BENEFITS), Map.entry("disability", DISABILITY));
    static final long ALL = POVERTY | BENEFITS | DISABILITY;

    private SensitiveIndicators() {}

    private static long groups(Set<String> groups) {
        return Indicators.all().stream()
                .filter(indicator -> groups.contains(indicator.group()))
                .mapToLong(indicator -> 1L << indicator.bit())
                .reduce(0, (one, other) -> one | other);
    }

    private static long mask(Set<String> codes) {
        return codes.stream()
                .map(code -> Indicators.of(code).orElseThrow())
                .map(Indicator::bit)
                .mapToLong(bit -> 1L << bit)
                .reduce(0, (one, other) -> one | other);
    }
}
