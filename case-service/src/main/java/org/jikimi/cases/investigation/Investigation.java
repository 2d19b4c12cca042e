package org.jikimi.cases.investigation;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jikimi.cases.support.Ids;
import org.jikimi.cases.support.Ruling;
import org.jspecify.annotations.Nullable;

/**
 * An investigation 조사 of a child's reports.
 *
 * @param excludedAgencyIds agencies that any of its reports accuses
 * @param otherNotifiedAt when the police or the city, whoever did not come along, was notified
 */
record Investigation(
        UUID id,
        long version,
        InvestigationState state,
        UUID childId,
        String districtCode,
        @Nullable String dongCode,
        Attendance attendance,
        List<UUID> excludedAgencyIds,
        @Nullable UUID flagId,
        UUID correlation,
        Instant startedAt,
        @Nullable Instant otherNotifiedAt,
        @Nullable Determination determination,
        @Nullable ProtectionDecision protectionDecision,
        @Nullable Instant protectionDecidedAt) {
    Investigation {
        excludedAgencyIds = List.copyOf(excludedAgencyIds);
    }

    static UUID idFor(Suspicion first) {
        return Ids.of(first.reportId(), "investigation");
    }

    /** Starts with a report, which all others of the child have joined. */
    static Investigation started(Suspicion first, List<Suspicion> joined, Attendance attendance, Instant at) {
        return new Investigation(
                idFor(first),
                1,
                InvestigationState.STARTED,
                first.childId(),
                first.districtCode(),
                first.dongCode(),
                attendance,
                excludedBy(joined),
                first.flagId(),
                first.correlation(),
                at,
                null,
                null,
                null,
                null);
    }

    /** Agencies that any of the reports accuses. */
    static List<UUID> excludedBy(List<Suspicion> suspicions) {
        Set<UUID> excluded = new TreeSet<>();
        suspicions.forEach(suspicion -> excluded.addAll(suspicion.excludedAgencyIds()));
        return List.copyOf(excluded);
    }

    Ruling<Investigation> determined(Determination result, List<Suspicion> suspicions) {
        if (state != InvestigationState.STARTED) {
            return Ruling.broken(InvestigationRule.ALREADY_DETERMINED);
        }
        if ((result.kind() == DeterminationKind.ABUSE) == result.types().isEmpty()) {
            return Ruling.broken(InvestigationRule.ABUSE_NAMES_ITS_TYPES);
        }
        return Ruling.allowed(with(
                InvestigationState.DETERMINED,
                excludedBy(suspicions),
                otherNotifiedAt,
                result,
                protectionDecision,
                protectionDecidedAt));
    }

    /** Measures were taken in it: whoever read it before has not seen them. */
    Investigation withMeasures() {
        return with(state, excludedAgencyIds, otherNotifiedAt, determination, protectionDecision, protectionDecidedAt);
    }

    Ruling<Investigation> otherNotified(Instant at) {
        return attendance == Attendance.JOINT || otherNotifiedAt != null
                ? Ruling.broken(InvestigationRule.NOBODY_TO_NOTIFY)
                : Ruling.allowed(
                        with(state, excludedAgencyIds, at, determination, protectionDecision, protectionDecidedAt));
    }

    Ruling<Investigation> protectedBy(ProtectionDecision decision, Instant at) {
        return protectionDecision != null
                ? Ruling.broken(InvestigationRule.PROTECTION_ALREADY_DECIDED)
                : Ruling.allowed(with(state, excludedAgencyIds, otherNotifiedAt, determination, decision, at));
    }

    private Investigation with(
            InvestigationState newState,
            List<UUID> excluded,
            @Nullable Instant notifiedAt,
            @Nullable Determination result,
            @Nullable ProtectionDecision decision,
            @Nullable Instant decidedAt) {
        return new Investigation(
                id,
                version + 1,
                newState,
                childId,
                districtCode,
                dongCode,
                attendance,
                excluded,
                flagId,
                correlation,
                startedAt,
                notifiedAt,
                result,
                decision,
                decidedAt);
    }
}
