package org.jikimi.cases.casefile;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A plan, a session or an assessment.
 *
 * @param code kind of plan or session, or the instrument of an assessment
 * @param points result of an assessment, on the instrument's own scale
 * @param content free text
 */
record CaseEntry(
        UUID id,
        UUID caseId,
        EntryKind kind,
        LocalDate happenedOn,
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
