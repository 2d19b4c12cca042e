package org.jikimi.runtime.audit;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that somebody did or read.
 *
 * @param at when, by the platform's clock
 * @param principal who, as the token says
 * @param agencyId for which agency; null for city staff
 * @param action what, such as {@code visit.complete}
 * @param subjects about whom, as {@code type:id}, pseudonyms only; of a request also in what office, as {@code role:name}
 * @param purpose why personal data were read, a code; null otherwise
 */
public record AuditEntry(
        Instant at,
        String principal,
        @Nullable UUID agencyId,
        String action,
        List<String> subjects,
        @Nullable String purpose) {
    public AuditEntry {
        subjects = List.copyOf(subjects);
    }
}
