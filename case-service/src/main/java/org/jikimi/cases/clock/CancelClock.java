package org.jikimi.cases.clock;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.jikimi.cases.support.Ruling;
import org.jikimi.cases.timeline.Chronicle;

/** A supervisor closes a clock by hand; whoever keeps work open until it is done hears of that. */
@ApplicationScoped
class CancelClock {
    private final Clocks clocks = new Clocks();
    private final Chronicle chronicle;

    CancelClock(Chronicle chronicle) {
        this.chronicle = chronicle;
    }

    /** Expects the lock of the clock's child. */
    Ruling<LegalClock> cancel(Connection tx, LegalClock clock, CancelReason reason, Instant at) throws SQLException {
        var ruling = clock.cancelled(reason, at);
        if (ruling instanceof Ruling.Allowed<LegalClock>(var cancelled)) {
            clocks.update(tx, cancelled);
            chronicle.tell(tx, ClockEvents.cancelled(cancelled, reason, at));
        }
        return ruling;
    }
}
