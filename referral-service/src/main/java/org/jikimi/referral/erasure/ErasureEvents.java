package org.jikimi.referral.erasure;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jikimi.contracts.EventTypes;
import org.jikimi.contracts.referral.v1.ReferralDataErased;
import org.jikimi.contracts.screening.v1.ChildIdentitySplit;
import org.jikimi.runtime.event.EventDraft;

/** Erasures as the registry hears of them, and what they leave to others. */
final class ErasureEvents {
    /** Topics of what comes under the key of a child and is about another who lives: who was its alias, and is not any more. */
    static final Set<String> OF_OTHERS =
            Set.of(EventTypes.of(ChildIdentitySplit.class).topic());

    private ErasureEvents() {}

    static EventDraft acknowledged(UUID child, Instant at) {
        return new EventDraft(new ReferralDataErased(child, 1, "ERASED", at), child, child, null, child, null);
    }
}
