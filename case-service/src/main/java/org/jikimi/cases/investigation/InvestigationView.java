package org.jikimi.cases.investigation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jikimi.cases.register.RegisterState;
import org.jikimi.cases.report.AbuseType;
import org.jikimi.cases.report.Report;
import org.jspecify.annotations.Nullable;

/**
 * An investigation as it is shown.
 *
 * @param registerState whether the child has died or emigrated, as the register says; null if neither. It ends nothing here
 * @param otherNotifiedAt when the agency that did not come along was notified; null if nobody was to be
 * @param reasons why it was determined so; for the investigator alone
 */
public record InvestigationView(
        UUID id,
        long version,
        InvestigationState state,
        UUID childId,
        @Nullable RegisterState registerState,
        String districtCode,
        Attendance attendance,
        List<UUID> reportIds,
        List<UUID> excludedAgencyIds,
        @Nullable UUID flagId,
        UUID correlationId,
        Instant startedAt,
        @Nullable Instant otherNotifiedAt,
        @Nullable UUID determinationId,
        @Nullable DeterminationKind determination,
        @Nullable Forum forum,
        List<AbuseType> types,
        @Nullable Relation relation,
        @Nullable Boolean reAbuse,
        @Nullable Boolean scoreSeen,
        @Nullable Boolean consent,
        @Nullable Instant determinedAt,
        @Nullable ProtectionDecision protectionDecision,
        List<MeasureView> measures,
        @Nullable String reasons) {
    static InvestigationView of(
            Investigation investigation,
            @Nullable RegisterState state,
            List<Report> reports,
            List<MeasureView> measures,
            @Nullable String reasons) {
        var result = investigation.determination();
        return new InvestigationView(
                investigation.id(),
                investigation.version(),
                investigation.state(),
                investigation.childId(),
                state,
                investigation.districtCode(),
                investigation.attendance(),
                reports.stream().map(Report::id).toList(),
                investigation.excludedAgencyIds(),
                investigation.flagId(),
                investigation.correlation(),
                investigation.startedAt(),
                investigation.otherNotifiedAt(),
                result == null ? null : result.id(),
                result == null ? null : result.kind(),
                result == null ? null : result.forum(),
                result == null ? List.of() : result.types(),
                result == null ? null : result.relation(),
                result == null ? null : (Boolean) result.reAbuse(),
                result == null ? null : (Boolean) result.scoreSeen(),
                result == null ? null : (Boolean) result.consent(),
                result == null ? null : result.at(),
                investigation.protectionDecision(),
                measures,
                reasons);
    }

    /** Tells ids alone. */
    @Override
    public String toString() {
        return "investigation " + id;
    }
}
