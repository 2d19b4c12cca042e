package org.jikimi.cases.report;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jikimi.cases.register.RegisterState;
import org.jspecify.annotations.Nullable;

/**
 * A report as it is shown.
 *
 * @param registerState whether the child has died or emigrated, as the register says; null if neither. It ends nothing here
 * @param investigationId the investigation that answers it; null while there is none
 * @param determination {@code ABUSE}, {@code GENERAL_CASE} or {@code UNFOUNDED}; null while there is none
 * @param reporter who reported; for the investigator alone
 * @param narrative what was told; for the investigator alone
 */
public record ReportView(
        UUID id,
        long version,
        ReportState state,
        UUID childId,
        @Nullable RegisterState registerState,
        String districtCode,
        @Nullable String dongCode,
        Channel channel,
        Urgency urgency,
        List<AbuseType> suspectedTypes,
        @Nullable UUID visitId,
        @Nullable UUID flagId,
        @Nullable String campaignCode,
        List<UUID> excludedAgencyIds,
        @Nullable UUID investigationId,
        @Nullable String determination,
        UUID correlationId,
        Instant reportedAt,
        ReportRequest.@Nullable Reporter reporter,
        @Nullable String narrative) {
    static ReportView of(Report report, @Nullable RegisterState state) {
        return opened(report, state, null, null);
    }

    static ReportView opened(
            Report report,
            @Nullable RegisterState state,
            ReportRequest.@Nullable Reporter reporter,
            @Nullable String narrative) {
        return new ReportView(
                report.id(),
                report.version(),
                report.state(),
                report.childId(),
                state,
                report.districtCode(),
                report.dongCode(),
                report.channel(),
                report.urgency(),
                report.suspectedTypes(),
                report.visitId(),
                report.flagId(),
                report.campaignCode(),
                report.excludedAgencyIds(),
                report.investigationId(),
                report.determination(),
                report.correlation(),
                report.reportedAt(),
                reporter,
                narrative);
    }

    /** Tells ids alone. */
    @Override
    public String toString() {
        return "report " + id;
    }
}
