package org.jikimi.screening.legal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** Keeps what waits until its indicator may be used. */
public interface WaitsForBasis {
    /** A basis was recorded of a day that has come, in this transaction. */
    void recorded(Connection tx, Instant now) throws SQLException;
}
