package org.jikimi.city;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One observation, as a data agency sends it.
 *
 * @param signalId id of the source agency, unique within it
 * @param indicator what was observed
 * @param subjectScheme {@code RRN}, {@code TNN}, {@code TMN} or {@code HOUSEHOLD}
 * @param subjectValue identifier of the child, or id of the household
 * @param observedOn when it was observed
 * @param clearedOn when it ceased to hold; null if it has not
 */
public record Signal(
        String signalId,
        Indicator indicator,
        String subjectScheme,
        String subjectValue,
        LocalDate observedOn,
        @Nullable LocalDate clearedOn) {
    @Override
    public String toString() {
        return "signal " + signalId;
    }
}
