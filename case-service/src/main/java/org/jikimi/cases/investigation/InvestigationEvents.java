package org.jikimi.cases.investigation;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.cases.report.Report;
import org.jikimi.contracts.cases.v1.AbuseDetermined;
import org.jikimi.contracts.cases.v1.InvestigationStarted;
import org.jikimi.contracts.cases.v1.ProtectiveMeasureTaken;
import org.jikimi.runtime.event.EventDraft;

/** Tells the platform of investigations and measures. */
final class InvestigationEvents {
    private InvestigationEvents() {}

    static EventDraft started(Investigation investigation, List<Report> reports) {
        return draft(
                investigation,
                new InvestigationStarted(
                        investigation.id(),
                        investigation.version(),
                        investigation.state().name(),
                        investigation.childId(),
                        investigation.districtCode(),
                        ids(reports),
                        investigation.attendance().name(),
                        investigation.excludedAgencyIds(),
                        investigation.startedAt()));
    }

    static EventDraft determined(Investigation investigation, List<Report> reports) {
        var result = Objects.requireNonNull(investigation.determination());
        return draft(
                investigation,
                new AbuseDetermined(
                        investigation.id(),
                        investigation.version(),
                        investigation.state().name(),
                        investigation.childId(),
                        investigation.districtCode(),
                        result.id(),
                        result.kind().name(),
                        result.forum().name(),
                        result.types().stream().map(Enum::name).toList(),
                        result.reAbuse(),
                        result.scoreSeen(),
                        result.consent(),
                        investigation.flagId(),
                        ids(reports),
                        investigation.excludedAgencyIds(),
                        result.at()));
    }

    static EventDraft taken(Measure measure) {
        var data = new ProtectiveMeasureTaken(
                measure.id(),
                measure.version(),
                measure.state().name(),
                measure.childId(),
                measure.districtCode(),
                measure.investigationId(),
                measure.kind().name(),
                measure.placeNeeded(),
                measure.siblingIds(),
                measure.excludedAgencyIds(),
                measure.takenAt(),
                measure.endsAt());
        return new EventDraft(
                data, measure.childId(), measure.id(), measure.districtCode(), measure.correlation(), null);
    }

    private static List<UUID> ids(List<Report> reports) {
        return reports.stream().map(Report::id).toList();
    }

    private static EventDraft draft(Investigation investigation, Record data) {
        return new EventDraft(
                data,
                investigation.childId(),
                investigation.id(),
                investigation.districtCode(),
                investigation.correlation(),
                null);
    }
}
