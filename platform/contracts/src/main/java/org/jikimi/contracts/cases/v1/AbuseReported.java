package org.jikimi.contracts.cases.v1;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.MayBeAbsent;

/**
 * A suspicion of abuse was reported 신고; the reporter is sealed and never in an event.
 *
 * @param reportId the report
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state. One of {@code RECEIVED}, {@code UNDER_INVESTIGATION}, {@code CLOSED}.
 * @param childId the child, a pseudonym
 * @param districtCode district 자치구, five digits
 * @param channel where it came from. One of {@code VISIT}, {@code HOTLINE_112}, {@code MANDATED_REPORTER},
 *     {@code CITIZEN}, {@code SHOP}.
 * @param urgency urgency. One of {@code EMERGENCY}, {@code URGENT}, {@code ORDINARY}.
 * @param suspectedTypes suspected types; may be empty. Each one of {@code PHYSICAL}, {@code EMOTIONAL}, {@code SEXUAL},
 *     {@code NEGLECT}.
 * @param visitId the visit it came from, if any
 * @param flagId the flag of the child, if any
 * @param campaignCode campaign that led to it, if any
 * @param excludedAgencyIds agencies excluded from everything that follows
 * @param reportedAt when it was received
 */
public record AbuseReported(
        UUID reportId,
        long version,
        String state,
        UUID childId,
        String districtCode,
        String channel,
        String urgency,
        List<String> suspectedTypes,
        @MayBeAbsent UUID visitId,
        @MayBeAbsent UUID flagId,
        @MayBeAbsent String campaignCode,
        List<UUID> excludedAgencyIds,
        Instant reportedAt) {
    public AbuseReported {
        Objects.requireNonNull(reportId, "reportId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(childId, "childId");
        Objects.requireNonNull(districtCode, "districtCode");
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(urgency, "urgency");
        suspectedTypes = List.copyOf(suspectedTypes);
        excludedAgencyIds = List.copyOf(excludedAgencyIds);
        Objects.requireNonNull(reportedAt, "reportedAt");
    }
}
