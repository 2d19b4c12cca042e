package org.jikimi.cases.casefile;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jikimi.cases.support.Ids;
import org.jikimi.cases.support.Ruling;
import org.jikimi.runtime.time.Seoul;
import org.jspecify.annotations.Nullable;

/**
 * The case file 사례 of an abused child; a child has one, which is opened again after abuse again.
 *
 * @param investigationId the investigation that opened it last
 * @param agencyId the child protection agency that holds it; null until one accepts
 * @param watchUntil last day of watching after closing
 */
record CaseFile(
        UUID id,
        long version,
        CaseState state,
        UUID childId,
        String districtCode,
        @Nullable String dongCode,
        UUID investigationId,
        boolean reopened,
        List<UUID> siblingIds,
        List<UUID> excludedAgencyIds,
        @Nullable UUID agencyId,
        UUID correlation,
        Instant openedAt,
        @Nullable CloseReason closeReason,
        @Nullable Instant closedAt,
        @Nullable LocalDate watchUntil) {
    /** How long a child is watched after closing; platform policy. */
    static final Period WATCH = Period.ofYears(1);

    private static final Map<CaseState, Set<CaseState>> NEXT = Map.of(
            CaseState.OPEN, Set.of(CaseState.CLOSED),
            CaseState.ASSESSMENT, Set.of(CaseState.PLANNED, CaseState.MANAGEMENT_REFUSED, CaseState.CLOSED),
            CaseState.PLANNED, Set.of(CaseState.IN_SERVICE, CaseState.MANAGEMENT_REFUSED, CaseState.CLOSED),
            CaseState.IN_SERVICE, Set.of(CaseState.FOLLOW_UP, CaseState.MANAGEMENT_REFUSED, CaseState.CLOSED),
            CaseState.FOLLOW_UP, Set.of(CaseState.IN_SERVICE, CaseState.CLOSED),
            CaseState.MANAGEMENT_REFUSED, Set.of(CaseState.PLANNED, CaseState.CLOSED),
            CaseState.CLOSED, Set.of());

    CaseFile {
        siblingIds = List.copyOf(siblingIds);
        excludedAgencyIds = List.copyOf(excludedAgencyIds);
    }

    static UUID idFor(UUID childId) {
        return Ids.of(childId, "case-file");
    }

    static CaseFile opened(OpenCase.Abuse abuse) {
        return new CaseFile(
                idFor(abuse.childId()),
                1,
                CaseState.OPEN,
                abuse.childId(),
                abuse.districtCode(),
                abuse.dongCode(),
                abuse.investigationId(),
                false,
                abuse.siblingIds(),
                abuse.excludedAgencyIds(),
                null,
                abuse.correlation(),
                abuse.at(),
                null,
                null,
                null);
    }

    /** Whether nobody works on it any more, so that abuse again opens it again. */
    boolean isOver() {
        return state == CaseState.CLOSED || state == CaseState.MANAGEMENT_REFUSED;
    }

    CaseFile openedAgain(OpenCase.Abuse abuse) {
        return new CaseFile(
                id,
                version + 1,
                CaseState.OPEN,
                childId,
                abuse.districtCode(),
                abuse.dongCode(),
                abuse.investigationId(),
                true,
                abuse.siblingIds(),
                abuse.excludedAgencyIds(),
                null,
                abuse.correlation(),
                abuse.at(),
                null,
                null,
                null);
    }

    /** A child protection agency accepted the referral. */
    CaseFile handedTo(UUID agency) {
        return with(CaseState.ASSESSMENT, agency, null, null, null);
    }

    /**
     * Takes the next step.
     *
     * @param reason needed for closing, and for nothing else
     * @param bySupervisor whether a supervisor does it
     */
    Ruling<CaseFile> movedTo(CaseState next, @Nullable CloseReason reason, boolean bySupervisor, Instant at) {
        if (next == CaseState.ASSESSMENT) {
            return Ruling.broken(CaseRule.ASSESSMENT_NEEDS_AGENCY);
        }
        if (!NEXT.getOrDefault(state, Set.of()).contains(next)) {
            return Ruling.broken(CaseRule.NEXT_STATE_NOT_ALLOWED);
        }
        if ((next == CaseState.CLOSED) != (reason != null)) {
            return Ruling.broken(CaseRule.CLOSING_NEEDS_REASON);
        }
        if (reason == CloseReason.SUPERVISOR_DECISION && !bySupervisor) {
            return Ruling.broken(CaseRule.REASON_FOR_SUPERVISORS);
        }
        return Ruling.allowed(
                next == CaseState.CLOSED
                        ? with(next, agencyId, reason, at, Seoul.dateOf(at).plus(WATCH))
                        : with(next, agencyId, null, null, null));
    }

    /** Something is written into it. */
    Ruling<CaseFile> written() {
        return state == CaseState.CLOSED
                ? Ruling.broken(CaseRule.CASE_CLOSED)
                : Ruling.allowed(with(state, agencyId, closeReason, closedAt, watchUntil));
    }

    private CaseFile with(
            CaseState newState,
            @Nullable UUID agency,
            @Nullable CloseReason reason,
            @Nullable Instant newClosedAt,
            @Nullable LocalDate newWatchUntil) {
        return new CaseFile(
                id,
                version + 1,
                newState,
                childId,
                districtCode,
                dongCode,
                investigationId,
                reopened,
                siblingIds,
                excludedAgencyIds,
                agency,
                correlation,
                openedAt,
                reason,
                newClosedAt,
                newWatchUntil);
    }
}
