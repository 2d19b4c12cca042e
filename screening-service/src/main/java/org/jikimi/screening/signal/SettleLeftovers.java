package org.jikimi.screening.signal;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jikimi.runtime.due.DueHandler;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.keys.Keyring;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.batch.ReceiveBatch;
import org.jikimi.screening.reference.Lawful;

/** Settles what a batch of signals has landed whose sender and service died together, and never came back. */
@ApplicationScoped
public class SettleLeftovers implements DueHandler {
    private final ReceiveBatch receive;
    private final Keyring keys;
    private final Times times;
    private final ActOnSignals act;
    private final DueWork due;

    public SettleLeftovers(ReceiveBatch receive, Keyring keys, Times times, ActOnSignals act, DueWork due) {
        this.receive = receive;
        this.keys = keys;
        this.times = times;
        this.act = act;
        this.due = due;
    }

    @Override
    public String kind() {
        return ReceiveBatch.LEFTOVERS;
    }

    @Override
    public void handle(Connection tx, String subject, Instant dueAt, Instant now) throws SQLException {
        // The kind of source and the legal bases matter only while lines are checked, and these have been.
        var lines = new SignalLines("", times.today(), Lawful.ALL, keys, act);
        var next = receive.settleLeftovers(tx, UUID.fromString(subject), lines, now);
        if (next.isPresent()) {
            due.plan(tx, kind(), subject, next.get());
        }
    }
}
