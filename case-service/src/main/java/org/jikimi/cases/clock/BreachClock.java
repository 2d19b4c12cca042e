package org.jikimi.cases.clock;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jikimi.cases.timeline.Chronicle;
import org.jikimi.runtime.db.KeyLocks;
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
        var id = UUID.fromString(subject);
        var unlocked = clocks.find(tx, id);
        if (unlocked.isEmpty()) {
            return;
        }
        KeyLocks.lock(tx, List.of(unlocked.get().childId().toString()));
        var clock = clocks.find(tx, id).orElseThrow();
        if (clock.hasRunOut(now)) {
            var next = clock.breached(now);
            clocks.update(tx, next);
            chronicle.tell(tx, ClockEvents.breached(next, now));
        }
    }
}
