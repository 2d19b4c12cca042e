package org.jikimi.screening.erasure;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * An erasure, as people watch it.
 *
 * @param state {@code COMPLETE}, {@code OUTSTANDING} while a service has not acknowledged it, or {@code OVERDUE} if it should
 *     have by now
 * @param dueBy when it must be complete, backups included
 * @param acknowledged when each service acknowledged it: {@code case}, {@code referral}, {@code notification}
 */
record ErasureView(UUID childId, String state, Instant erasedAt, Instant dueBy, Map<String, Instant> acknowledged) {
    static ErasureView of(Erasures.Erasure erasure, Instant overdueBefore) {
        var state = erasure.isComplete()
                ? "COMPLETE"
                : erasure.erasedAt().isBefore(overdueBefore) ? "OVERDUE" : "OUTSTANDING";
        return new ErasureView(erasure.childId(), state, erasure.erasedAt(), erasure.dueBy(), erasure.acknowledged());
    }
}
