package org.jikimi.cases.clock;

import java.time.Instant;
import org.jikimi.contracts.cases.v1.DeadlineApproaching;
import org.jikimi.contracts.cases.v1.DeadlineBreached;
import org.jikimi.contracts.cases.v1.DeadlineCancelled;
import org.jikimi.runtime.event.EventDraft;

/** Tells the platform how a clock stands. */
final class ClockEvents {
    private ClockEvents() {}

    static EventDraft approaching(LegalClock clock) {
        return draft(
                clock,
                new DeadlineApproaching(
                        clock.id(),
                        clock.version(),
                        clock.state().name(),
                        clock.childId(),
                        clock.districtCode(),
                        clock.code().name(),
                        clock.code().subjectType().name(),
                        clock.subjectId(),
                        clock.code().ownerRole(),
                        clock.dueAt()));
    }

    static EventDraft breached(LegalClock clock, Instant at) {
        return draft(
                clock,
                new DeadlineBreached(
                        clock.id(),
                        clock.version(),
                        clock.state().name(),
                        clock.childId(),
                        clock.districtCode(),
                        clock.code().name(),
                        clock.code().subjectType().name(),
                        clock.subjectId(),
                        clock.code().ownerRole(),
                        clock.dueAt(),
                        at));
    }

    static EventDraft cancelled(LegalClock clock, CancelReason reason, Instant at) {
        return draft(
                clock,
                new DeadlineCancelled(
                        clock.id(),
                        clock.version(),
                        clock.state().name(),
                        clock.childId(),
                        clock.districtCode(),
                        clock.code().name(),
                        clock.code().subjectType().name(),
                        clock.subjectId(),
                        clock.code().ownerRole(),
                        clock.dueAt(),
                        reason.name(),
                        at));
    }

    private static EventDraft draft(LegalClock clock, Record data) {
        return new EventDraft(data, clock.childId(), clock.id(), clock.districtCode(), clock.correlation(), null);
    }
}
