package org.jikimi.cases.erasure;

import java.time.Instant;
import java.util.UUID;
import org.jikimi.contracts.cases.v1.CaseDataErased;
import org.jikimi.runtime.event.EventDraft;

/** Erasures as the registry hears of them. */
final class ErasureEvents {
    private ErasureEvents() {}

    static EventDraft acknowledged(UUID child, Instant at) {
        return new EventDraft(new CaseDataErased(child, 1, "ERASED", at), child, child, null, child, null);
    }
}
