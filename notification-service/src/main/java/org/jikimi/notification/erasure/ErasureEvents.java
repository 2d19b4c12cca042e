package org.jikimi.notification.erasure;

import java.time.Instant;
import java.util.UUID;
import org.jikimi.contracts.notification.v1.AlertDataErased;
import org.jikimi.runtime.event.EventDraft;

/** Erasures as the registry hears of them. */
final class ErasureEvents {
    private ErasureEvents() {}

    static EventDraft acknowledged(UUID child, Instant at) {
        return new EventDraft(new AlertDataErased(child, 1, "ERASED", at), child, child, null, child, null);
    }
}
