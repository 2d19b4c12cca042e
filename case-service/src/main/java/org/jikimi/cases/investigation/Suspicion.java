package org.jikimi.cases.investigation;

import java.util.List;
import java.util.UUID;
import org.jikimi.cases.report.Report;
import org.jspecify.annotations.Nullable;

/** What an investigation has to know of a report that it answers. */
record Suspicion(
        UUID reportId,
        UUID childId,
        String districtCode,
        @Nullable String dongCode,
        @Nullable UUID flagId,
        UUID correlation,
        List<UUID> excludedAgencyIds) {
    Suspicion {
        excludedAgencyIds = List.copyOf(excludedAgencyIds);
    }

    static Suspicion of(Report report) {
        return new Suspicion(
                report.id(),
                report.childId(),
                report.districtCode(),
                report.dongCode(),
                report.flagId(),
                report.correlation(),
                report.excludedAgencyIds());
    }

    static List<Suspicion> of(List<Report> reports) {
        return reports.stream().map(Suspicion::of).toList();
    }
}
