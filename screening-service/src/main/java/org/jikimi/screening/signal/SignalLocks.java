package org.jikimi.screening.signal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.screening.batch.Batch;

/**
 * Of what a source says of the same signal one word is stored after the other. Whoever stores few lines locks their
 * signals alone, so that the many small batches and single observations of a source that sends all the time do not wait for
 * each other before they are counted; whoever stores many has the source to itself. Before aliases are held, and before
 * households and states are locked.
 */
final class SignalLocks {
    /** Lines whose signals are locked one by one, at most: each takes a place in the server's lock table. */
    static final int FEW = 100;

    private SignalLocks() {}

    /** Locks the signals that landed lines speak of until the transaction ends. */
    static void take(Connection tx, Batch batch, long firstLine, long lastLine) throws SQLException {
        if (lastLine - firstLine >= FEW) {
            takeAll(tx, batch.source());
        } else {
            take(tx, batch.source(), RawSignals.ids(tx, batch, firstLine, lastLine));
        }
    }

    /** Locks signals of a source, at most {@link #FEW}, until the transaction ends; the same id may come several times. */
    static void take(Connection tx, String source, Collection<String> ids) throws SQLException {
        KeyLocks.share(tx, all(source));
        KeyLocks.lock(
                tx, ids.stream().map(id -> "signal of " + source + " " + id).toList());
    }

    /** Locks whatever signals the source has or will have, until the transaction ends. */
    static void takeAll(Connection tx, String source) throws SQLException {
        KeyLocks.lock(tx, List.of(all(source)));
    }

    private static String all(String source) {
        return "signals of " + source;
    }
}
