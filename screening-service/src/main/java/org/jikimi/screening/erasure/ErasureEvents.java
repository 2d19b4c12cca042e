package org.jikimi.screening.erasure;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jikimi.contracts.screening.v1.ChildErased;
import org.jikimi.runtime.event.EventDraft;

/** Erasures as others hear of them: the end of the child's own story. */
final class ErasureEvents {
    private ErasureEvents() {}

    static EventDraft erased(UUID child, List<UUID> aliases, Instant at, Instant dueBy) {
        var data = new ChildErased(child, 1, "ERASED", aliases, at, dueBy);
        return new EventDraft(data, child, child, null, child, null);
    }
}
