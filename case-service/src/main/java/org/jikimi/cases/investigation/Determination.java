package org.jikimi.cases.investigation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jikimi.cases.report.AbuseType;
import org.jspecify.annotations.Nullable;

/**
 * What an investigation came to. Its reasons are stored beside it, encrypted.
 *
 * @param types types found; empty unless it is abuse
 * @param reAbuse 재학대, abuse again after an earlier determination
 * @param scoreSeen whether those who decided had seen the score
 * @param consent whether the family agreed to support
 */
record Determination(
        UUID id,
        DeterminationKind kind,
        Forum forum,
        List<AbuseType> types,
        @Nullable Relation relation,
        boolean reAbuse,
        boolean scoreSeen,
        boolean consent,
        Instant at) {
    Determination {
        types = List.copyOf(types);
    }
}
