package org.jikimi.cases.clock;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jikimi.cases.timeline.Chronicle;
import org.jikimi.runtime.due.DueHandler;

/** Tells of clocks that a supervisor closed before {@link CancelClock} told of it; an upgrade plans that, once for each. */
@ApplicationScoped
class TellClosedClock implements DueHandler {
    private final Clocks clocks = new Clocks();
    private final Chronicle chronicle;

    TellClosedClock(Chronicle chronicle) {
        this.chronicle = chronicle;
    }

    @Override
    public String kind() {
        return "clock.closed";
    }

    @Override
    public void handle(Connection tx, String subject, Instant dueAt, Instant now) throws SQLException {
        var clock = clocks.locked(tx, UUID.fromString(subject));
        var reason = clock.map(LegalClock::cancelReason);
        if (reason.isPresent()) {
            chronicle.tell(tx, ClockEvents.cancelled(clock.get(), reason.get(), dueAt));
        }
    }
}
