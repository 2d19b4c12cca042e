package org.jikimi.screening.signal;

import java.time.LocalDate;
import org.jikimi.screening.reference.Indicator;
import org.jspecify.annotations.Nullable;

/**
 * An observation that has passed its own check.
 *
 * @param subject keyed hash of the subject's identifier, or the 16 bytes of a child's id
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and too hot to be copied
record SignalLine(
        String signalId,
        Indicator indicator,
        byte[] subject,
        LocalDate observedOn,
        @Nullable LocalDate clearedOn) {
    @Override
    public String toString() {
        return "signal line";
    }
}
