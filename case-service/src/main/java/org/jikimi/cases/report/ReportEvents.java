package org.jikimi.cases.report;

import java.util.UUID;
import org.jikimi.contracts.cases.v1.AbuseReported;
import org.jikimi.runtime.event.EventDraft;
import org.jspecify.annotations.Nullable;

/** Tells the platform of a report. */
final class ReportEvents {
    private ReportEvents() {}

    static EventDraft reported(Report report, @Nullable UUID causation) {
        var data = new AbuseReported(
                report.id(),
                report.version(),
                report.state().name(),
                report.childId(),
                report.districtCode(),
                report.channel().name(),
                report.urgency().name(),
                report.suspectedTypes().stream().map(Enum::name).toList(),
                report.visitId(),
                report.flagId(),
                report.campaignCode(),
                report.excludedAgencyIds(),
                report.reportedAt());
        return new EventDraft(
                data, report.childId(), report.id(), report.districtCode(), report.correlation(), causation);
    }
}
