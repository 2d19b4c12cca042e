package org.jikimi.cases.clock;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jikimi.cases.timeline.Chronicle;
import org.jikimi.runtime.due.DueHandler;

/** Warns the owner of a clock that is about to run out. */
@ApplicationScoped
class WarnOfClock implements DueHandler {
    static final String KIND = "clock.approaching";

    private final Clocks clocks = new Clocks();
    private final Chronicle chronicle;

    WarnOfClock(Chronicle chronicle) {
        this.chronicle = chronicle;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void handle(Connection tx, String subject, Instant dueAt, Instant now) throws SQLException {
        var clock = clocks.locked(tx, UUID.fromString(subject));
        if (clock.isPresent() && clock.get().isToBeWarnedOf(now)) {
            var next = clock.get().warned(now);
            clocks.update(tx, next);
            chronicle.tell(tx, ClockEvents.approaching(next));
        }
    }
}
