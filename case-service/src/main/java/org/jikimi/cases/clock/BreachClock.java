package org.jikimi.cases.clock;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jikimi.cases.timeline.Chronicle;
import org.jikimi.runtime.due.DueHandler;

/** Finds that a clock has run out; it stays open until what it waits for is done. */
@ApplicationScoped
class BreachClock implements DueHandler {
    static final String KIND = "clock.breached";

    private final Clocks clocks = new Clocks();
    private final Chronicle chronicle;

    BreachClock(Chronicle chronicle) {
        this.chronicle = chronicle;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void handle(Connection tx, String subject, Instant dueAt, Instant now) throws SQLException {
        var clock = clocks.locked(tx, UUID.fromString(subject));
        if (clock.isPresent() && clock.get().hasRunOut(now)) {
            var next = clock.get().breached(now);
            clocks.update(tx, next);
            chronicle.tell(tx, ClockEvents.breached(next, now));
        }
    }
}
