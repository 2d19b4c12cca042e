package org.jikimi.screening.batch;

import java.sql.Connection;
import org.jikimi.runtime.db.Sql;

/**
 * Whether the commit of a chunk waits for the disk. Nothing is told of a chunk before a later commit, of its settling or of
 * the receipt, has waited; the log is in order, so that the chunk's own is safe by then and need not wait. If it writes
 * events it does, lest others hear of what is lost.
 */
public final class ChunkCommit {
    private ChunkCommit() {}

    static void doesNotWait(Connection tx) {
        Sql.on(tx).execute("SET LOCAL synchronous_commit = off");
    }

    /** Has the commit of this transaction wait, as the server has all others wait. */
    public static void waits(Connection tx) {
        Sql.on(tx).execute("SET LOCAL synchronous_commit TO DEFAULT");
    }
}
