package org.jikimi.screening.signal;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jikimi.contracts.screening.v1.ChildSignalRaised;
import org.jikimi.runtime.event.EventDraft;
import org.jikimi.screening.reference.Indicators;
import org.jikimi.screening.signal.StoredSignals.Known;

/** Signals as others hear of them. */
final class SignalEvents {
    private SignalEvents() {}

    /** A child and what is new of it; at least one signal. */
    record Raised(
            UUID childId, long version, String state, String districtCode, UUID householdId, List<Known> signals) {}

    static EventDraft raised(Raised raised, Instant at) {
        var bits = raised.signals().stream().map(Known::bit).distinct().sorted().toList();
        var data = new ChildSignalRaised(
                raised.childId(),
                raised.version(),
                raised.state(),
                raised.districtCode(),
                raised.householdId(),
                bits.stream().map(bit -> Indicators.all().get(bit).code()).toList(),
                bits.stream().anyMatch(bit -> Indicators.all().get(bit).urgent()),
                raised.signals().stream()
                        .map(Known::observedOn)
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                at);
        var child = raised.childId();
        return new EventDraft(data, child, child, raised.districtCode(), child, null);
    }
}
