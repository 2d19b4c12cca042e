package org.jikimi.screening.round.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.jikimi.screening.round.model.Composition;
import org.jikimi.screening.round.model.Round;
import org.jspecify.annotations.Nullable;

/**
 * The report of a round. When the round closes it is kept as it is then; before, it tells how things stand.
 *
 * @param closedAt null while it is preliminary
 * @param handedOn flagged children nobody has seen yet, less the dead; their visits and searches go on
 * @param breakdowns flagged children by what matters to the programme: age, family type, care, reason, registration
 */
public record ReportView(
        String programme,
        LocalDate asOf,
        @Nullable Composition composition,
        @Nullable String modelVersion,
        @Nullable String manifest,
        @Nullable Instant closedAt,
        int children,
        int handedOn,
        CoverageView coverage,
        Map<String, Map<String, Integer>> breakdowns) {
    public ReportView {
        breakdowns = new TreeMap<>(breakdowns);
    }

    static ReportView of(
            Round round, CoverageView coverage, int handedOn, Map<String, Map<String, Integer>> breakdowns) {
        return new ReportView(
                round.plan().programme().name(),
                round.plan().asOf(),
                round.plan().composition(),
                round.modelVersion(),
                round.manifest(),
                round.moments().closed(),
                round.figures().children(),
                handedOn,
                coverage,
                breakdowns);
    }
}
