package org.jikimi.contracts.screening.v1;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.MayBeAbsent;

/**
 * The register says that a child has died or emigrated 사망·국외이주, or lives in the city after all.
 *
 * @param childId the child, a pseudonym; also an id that proved to be of another child, of which the state of that one holds
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state in the register. One of {@code RESIDENT}, {@code DECEASED}, {@code EMIGRATED}.
 * @param districtCode district 자치구 the child lives in, or lived in last, five digits
 * @param statusOn since which day; absent if the register does not say
 * @param openWork whether somebody works for the child, as far as the registry has heard
 * @param changedAt when the register told so
 * @param toldBefore true of a death that was told before: what was found against it since stands; absent of others
 * @param ofAlias true of an id that is of another child now: what the register says of it holds once they are split; absent of others
 */
public record ChildStatusChanged(
        UUID childId,
        long version,
        String state,
        String districtCode,
        @MayBeAbsent LocalDate statusOn,
        boolean openWork,
        Instant changedAt,
        @MayBeAbsent Boolean toldBefore,
        @MayBeAbsent Boolean ofAlias) {
    public ChildStatusChanged {
        Objects.requireNonNull(childId, "childId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(districtCode, "districtCode");
        Objects.requireNonNull(changedAt, "changedAt");
    }
}
