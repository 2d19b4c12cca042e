package org.jikimi.contracts.cases.v1;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.MayBeAbsent;

/**
 * A case file 사례 was opened for an abused child.
 *
 * @param caseId the case file
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state. One of {@code OPEN}, {@code ASSESSMENT}, {@code PLANNED}, {@code IN_SERVICE},
 *     {@code FOLLOW_UP}, {@code CLOSED}, {@code MANAGEMENT_REFUSED}.
 * @param childId the child, a pseudonym
 * @param districtCode district 자치구, five digits
 * @param dongCode dong 행정동, ten digits
 * @param investigationId the investigation it follows
 * @param reopened whether an earlier file was opened again after re-abuse
 * @param siblingIds siblings in the file, pseudonyms
 * @param excludedAgencyIds agencies excluded from everything that follows
 * @param openedAt when
 */
public record CaseOpened(
        UUID caseId,
        long version,
        String state,
        UUID childId,
        String districtCode,
        @MayBeAbsent String dongCode,
        UUID investigationId,
        boolean reopened,
        List<UUID> siblingIds,
        List<UUID> excludedAgencyIds,
        Instant openedAt) {
    public CaseOpened {
        Objects.requireNonNull(caseId, "caseId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(childId, "childId");
        Objects.requireNonNull(districtCode, "districtCode");
        Objects.requireNonNull(investigationId, "investigationId");
        siblingIds = List.copyOf(siblingIds);
        excludedAgencyIds = List.copyOf(excludedAgencyIds);
        Objects.requireNonNull(openedAt, "openedAt");
    }
}
