package org.jikimi.referral.erasure;

import java.time.Instant;
import java.util.UUID;
import org.jikimi.contracts.referral.v1.ReferralDataErased;
import org.jikimi.runtime.event.EventDraft;

/** Erasures as the registry hears of them. */
final class ErasureEvents {
    private ErasureEvents() {}

    static EventDraft acknowledged(UUID child, Instant at) {
        return new EventDraft(new ReferralDataErased(child, 1, "ERASED", at), child, child, null, child, null);
    }
}
