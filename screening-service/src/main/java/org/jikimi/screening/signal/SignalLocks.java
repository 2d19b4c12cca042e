package org.jikimi.screening.signal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jikimi.runtime.db.KeyLocks;

/**
 * Of what a source says of the same signal one word is stored after the other. Whoever stores few lines locks their
 * signals alone, so that the many small batches and single observations of a source that sends all the time do not queue
 * for each other's disk; whoever stores many has the source to itself. After the aliases are held, before anything else is
 * locked.
 */
final class SignalLocks {
    /** Signals that are locked one by one, at most: each takes a place in the server's lock table. */
    static final int FEW = 100;

    private SignalLocks() {}

    /** Locks signals of a source until the transaction ends; the same id may come several times. */
    static void take(Connection tx, String source, Collection<String> ids) throws SQLException {
        if (ids.size() > FEW) {
            takeAll(tx, source);
            return;
        }
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
