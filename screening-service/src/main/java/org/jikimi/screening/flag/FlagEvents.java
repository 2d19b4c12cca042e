package org.jikimi.screening.flag;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jikimi.contracts.screening.v1.ChildFlagged;
import org.jikimi.runtime.event.EventDraft;

/** Flags as others hear of them. */
public final class FlagEvents {
    private FlagEvents() {}

    /**
     * The event of a new flag; the flag begins what follows, so it is the correlation.
     *
     * @param homes the children of each household, the flagged one among them
     */
    public static EventDraft flagged(Flag flag, Map<UUID, List<UUID>> homes) {
        var siblings = homes.getOrDefault(flag.householdId(), List.of()).stream()
                .filter(child -> !child.equals(flag.childId()))
                .toList();
        var reasons = flag.reasons().stream()
                .map(reason -> new ChildFlagged.Reason(reason.code(), reason.points()))
                .toList();
        var data = new ChildFlagged(
                flag.id(),
                flag.version(),
                flag.state(),
                flag.childId(),
                flag.districtCode(),
                flag.dongCode(),
                flag.householdId(),
                siblings,
                flag.roundId(),
                flag.programme(),
                flag.score(),
                reasons,
                flag.rank(),
                flag.urgent(),
                flag.modelVersion(),
                flag.asOf(),
                flag.lastFlaggedAt());
        return new EventDraft(data, flag.childId(), flag.id(), flag.districtCode(), flag.id(), null);
    }
}
