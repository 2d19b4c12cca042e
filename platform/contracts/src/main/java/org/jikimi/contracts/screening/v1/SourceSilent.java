package org.jikimi.contracts.screening.v1;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;

/**
 * A source of signals has not delivered an indicator for longer than it usually does. Told once for each silence.
 *
 * @param silenceId this silence of the source; the next one has another id
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state. {@code SILENT}.
 * @param source whose signals are missing: an agency's id, or a kind of source where it has no agency
 * @param indicator code of the indicator that it no longer delivers
 * @param lastReceivedOn day in Seoul on which it last delivered it
 * @param silentDays days since then, from 1
 * @param expectedIntervalDays days that usually lie between two of its deliveries, from 1
 * @param foundAt when it was found to be silent
 */
public record SourceSilent(
        UUID silenceId,
        long version,
        String state,
        String source,
        String indicator,
        LocalDate lastReceivedOn,
        int silentDays,
        int expectedIntervalDays,
        Instant foundAt) {
    public SourceSilent {
        Objects.requireNonNull(silenceId, "silenceId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(indicator, "indicator");
        Objects.requireNonNull(lastReceivedOn, "lastReceivedOn");
        Objects.requireNonNull(foundAt, "foundAt");
    }
}
