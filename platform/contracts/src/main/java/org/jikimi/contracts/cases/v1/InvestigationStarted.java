package org.jikimi.contracts.cases.v1;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * An investigation 조사 of one or more reports started on site.
 *
 * @param investigationId the investigation
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state. One of {@code STARTED}, {@code DETERMINED}, {@code CLOSED}.
 * @param childId the child, a pseudonym
 * @param districtCode district 자치구, five digits
 * @param reportIds reports it joins
 * @param attendance who went. One of {@code JOINT}, {@code LOCAL_GOVERNMENT_ALONE}, {@code POLICE_ALONE}.
 * @param excludedAgencyIds agencies excluded from everything that follows
 * @param startedAt when it started; clocks run from here
 */
public record InvestigationStarted(
        UUID investigationId,
        long version,
        String state,
        UUID childId,
        String districtCode,
        List<UUID> reportIds,
        String attendance,
        List<UUID> excludedAgencyIds,
        Instant startedAt) {
    public InvestigationStarted {
        Objects.requireNonNull(investigationId, "investigationId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(childId, "childId");
        Objects.requireNonNull(districtCode, "districtCode");
        reportIds = List.copyOf(reportIds);
        Objects.requireNonNull(attendance, "attendance");
        excludedAgencyIds = List.copyOf(excludedAgencyIds);
        Objects.requireNonNull(startedAt, "startedAt");
    }
}
