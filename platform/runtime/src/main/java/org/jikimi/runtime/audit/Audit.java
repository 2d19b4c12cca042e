package org.jikimi.runtime.audit;

import java.sql.Connection;
import java.sql.SQLException;

/** Writes audit rows in the transaction of what they tell of; if that fails, so does the request. */
public interface Audit {
    void record(Connection tx, AuditEntry entry) throws SQLException;

    /**
     * Writes the row as the last of the transaction and commits it, in one round trip where that can be. If the row cannot be
     * written, nothing is committed.
     */
    default void recordAndCommit(Connection tx, AuditEntry entry) throws SQLException {
        record(tx, entry);
        tx.commit();
    }
}
