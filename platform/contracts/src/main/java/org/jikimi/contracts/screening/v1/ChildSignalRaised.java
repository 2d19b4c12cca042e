package org.jikimi.contracts.screening.v1;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Something new was observed of a child for whom somebody works, or whom somebody watches.
 *
 * @param childId the child, a pseudonym
 * @param version version of the child in the register
 * @param state state in the register. One of {@code RESIDENT}, {@code DECEASED}, {@code EMIGRATED}.
 * @param districtCode district 자치구, five digits
 * @param householdId the household, a pseudonym
 * @param indicators what was observed, as codes of the catalogue in its order; stays inside the platform
 * @param urgent whether one of them is urgent
 * @param observedOn the latest day of observation among them
 * @param raisedAt when it was heard of
 */
public record ChildSignalRaised(
        UUID childId,
        long version,
        String state,
        String districtCode,
        UUID householdId,
        List<String> indicators,
        boolean urgent,
        LocalDate observedOn,
        Instant raisedAt) {
    public ChildSignalRaised {
        Objects.requireNonNull(childId, "childId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(districtCode, "districtCode");
        Objects.requireNonNull(householdId, "householdId");
        indicators = List.copyOf(indicators);
        Objects.requireNonNull(observedOn, "observedOn");
        Objects.requireNonNull(raisedAt, "raisedAt");
    }
}
