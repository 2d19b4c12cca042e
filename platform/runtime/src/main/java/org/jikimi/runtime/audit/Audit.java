package org.jikimi.runtime.audit;

import java.sql.Connection;
import java.sql.SQLException;

/** Writes audit rows in the transaction of what they tell of; if that fails, so does the request. */
public interface Audit {
    void record(Connection tx, AuditEntry entry) throws SQLException;
}
