package org.jikimi.cases.casefile;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jikimi.cases.register.RegisterState;
import org.jspecify.annotations.Nullable;

/**
 * A case file as it is shown.
 *
 * @param registerState whether the child has died or emigrated, as the register says; null if neither. It ends nothing here
 * @param agencyId the child protection agency that holds it; null until one accepts
 * @param entries what was written into it, the newest first; where one case is shown
 */
public record CaseView(
        UUID id,
        long version,
        CaseState state,
        UUID childId,
        @Nullable RegisterState registerState,
        String districtCode,
        @Nullable String dongCode,
        UUID investigationId,
        boolean reopened,
        List<UUID> siblingIds,
        List<UUID> excludedAgencyIds,
        @Nullable UUID agencyId,
        UUID correlationId,
        Instant openedAt,
        @Nullable CloseReason closeReason,
        @Nullable Instant closedAt,
        @Nullable LocalDate watchUntil,
        List<Entry> entries) {
    /**
     * What was written into it.
     *
     * @param content for the agency that holds the case alone
     */
    public record Entry(
            UUID id,
            EntryKind kind,
            LocalDate on,
            @Nullable String code,
            @Nullable Integer points,
            Instant writtenAt,
            @Nullable String content) {
        /** Tells ids alone. */
        @Override
        public String toString() {
            return kind + " " + id;
        }
    }

    static CaseView of(CaseFile file, @Nullable RegisterState state) {
        return of(file, state, List.of(), false);
    }

    static CaseView of(CaseFile file, @Nullable RegisterState state, List<CaseEntry> entries, boolean withContent) {
        return new CaseView(
                file.id(),
                file.version(),
                file.state(),
                file.childId(),
                state,
                file.districtCode(),
                file.dongCode(),
                file.investigationId(),
                file.reopened(),
                file.siblingIds(),
                file.excludedAgencyIds(),
                file.agencyId(),
                file.correlation(),
                file.openedAt(),
                file.closeReason(),
                file.closedAt(),
                file.watchUntil(),
                entries.stream()
                        .map(entry -> new Entry(
                                entry.id(),
                                entry.kind(),
                                entry.happenedOn(),
                                entry.code(),
                                entry.points(),
                                entry.writtenAt(),
                                withContent ? entry.content() : null))
                        .toList());
    }
}
