package org.jikimi.contracts.cases.v1;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.MayBeAbsent;

/**
 * An investigation was determined: abuse, 일반사례 (general case: not confirmed, family in difficulty) or unfounded.
 *
 * @param investigationId the investigation
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state. One of {@code STARTED}, {@code DETERMINED}, {@code CLOSED}.
 * @param childId the child, a pseudonym
 * @param districtCode district 자치구, five digits
 * @param determinationId the determination
 * @param determination determination; {@code UNFOUNDED} is a code of the platform, official statistics count it in
 *     일반사례. One of {@code ABUSE}, {@code GENERAL_CASE}, {@code UNFOUNDED}.
 * @param forum who decided: 자체사례회의, 통합사례회의 (advises) or the expert committee. One of {@code INTERNAL_MEETING},
 *     {@code INTEGRATED_MEETING}, {@code EXPERT_COMMITTEE}.
 * @param types types found; empty unless {@code ABUSE}. Each one of {@code PHYSICAL}, {@code EMOTIONAL},
 *     {@code SEXUAL}, {@code NEGLECT}.
 * @param reAbuse 재학대, abuse again after an earlier determination
 * @param scoreSeen whether those who decided had seen the score
 * @param consent whether the family agreed to support
 * @param flagId the flag of the child, if any
 * @param reportIds reports it answers
 * @param excludedAgencyIds agencies excluded from everything that follows
 * @param determinedAt when
 */
public record AbuseDetermined(
        UUID investigationId,
        long version,
        String state,
        UUID childId,
        String districtCode,
        UUID determinationId,
        String determination,
        String forum,
        List<String> types,
        boolean reAbuse,
        boolean scoreSeen,
        boolean consent,
        @MayBeAbsent UUID flagId,
        List<UUID> reportIds,
        List<UUID> excludedAgencyIds,
        Instant determinedAt) {
    public AbuseDetermined {
        Objects.requireNonNull(investigationId, "investigationId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(childId, "childId");
        Objects.requireNonNull(districtCode, "districtCode");
        Objects.requireNonNull(determinationId, "determinationId");
        Objects.requireNonNull(determination, "determination");
        Objects.requireNonNull(forum, "forum");
        types = List.copyOf(types);
        reportIds = List.copyOf(reportIds);
        excludedAgencyIds = List.copyOf(excludedAgencyIds);
        Objects.requireNonNull(determinedAt, "determinedAt");
    }
}
