package org.jikimi.screening.source;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jikimi.contracts.screening.v1.SourceSilent;
import org.jikimi.runtime.event.EventDraft;

/** Sources as others hear of them. */
final class SourceEvents {
    private SourceEvents() {}

    /** A silence never changes: the next delivery ends it, and it has one version. */
    static EventDraft silent(UUID id, Deliveries.Key key, SilenceRule.Rhythm rhythm, LocalDate today, Instant at) {
        var data = new SourceSilent(
                id,
                1,
                "SILENT",
                key.source(),
                key.indicator(),
                rhythm.last(),
                rhythm.silentDays(today),
                rhythm.intervalDays(),
                at.truncatedTo(ChronoUnit.MICROS));
        return new EventDraft(data, id, id, null, id, null);
    }
}
