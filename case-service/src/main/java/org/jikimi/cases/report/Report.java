package org.jikimi.cases.report;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A suspicion of abuse 신고. Who reported and what was told are stored beside it, encrypted, and are not part of it.
 *
 * @param visitId the visit it came from, if any
 * @param flagId the flag of the child, if any
 * @param excludedAgencyIds agencies that are accused: excluded from everything that follows
 * @param investigationId the investigation that answers it, once there is one
 * @param determination what that determined
 * @param correlation the flag or report that began it all
 */
public record Report(
        UUID id,
        long version,
        ReportState state,
        UUID childId,
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
        UUID correlation,
        Instant reportedAt) {
    public Report {
        suspectedTypes = List.copyOf(suspectedTypes);
        excludedAgencyIds = List.copyOf(excludedAgencyIds);
    }

    /** Joins an investigation: every report of the child that nobody looks into yet does when one starts. */
    Report joining(UUID investigation) {
        return with(ReportState.UNDER_INVESTIGATION, version + 1, investigation, null);
    }

    /** A report that comes while the child is being investigated joins at once. */
    Report receivedInto(UUID investigation) {
        return with(ReportState.UNDER_INVESTIGATION, version, investigation, null);
    }

    Report determined(String result) {
        return with(ReportState.CLOSED, version + 1, investigationId, result);
    }

    private Report with(
            ReportState newState, long newVersion, @Nullable UUID investigation, @Nullable String newDetermination) {
        return new Report(
                id,
                newVersion,
                newState,
                childId,
                districtCode,
                dongCode,
                channel,
                urgency,
                suspectedTypes,
                visitId,
                flagId,
                campaignCode,
                excludedAgencyIds,
                investigation,
                newDetermination,
                correlation,
                reportedAt);
    }
}
