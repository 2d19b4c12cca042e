package org.jikimi.runtime.due;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/**
 * Plans what must happen at a time: legal clocks, expiries, retries, escalations. Written in the transaction of the
 * change it follows from. Any replica may carry it out; it happens once.
 */
public final class DueWork {
    /** Plans work, or moves it if the same kind and subject are planned already; done work may be planned anew. */
    public void plan(Connection tx, String kind, String subject, Instant dueAt) throws SQLException {
        Jdbi.open(tx)
                .createUpdate(
                        "INSERT INTO due_work (kind, subject, due_at) VALUES (:kind, :subject, :dueAt) "
                                + "ON CONFLICT (kind, subject) DO UPDATE SET due_at = excluded.due_at, attempts = 0, retry_at = NULL")
                .bind("kind", kind)
                .bind("subject", subject)
                .bind("dueAt", dueAt)
                .execute();
    }

    /** Forgets planned work that is no longer to be done. */
    public void cancel(Connection tx, String kind, String subject) throws SQLException {
        Jdbi.open(tx)
                .createUpdate("DELETE FROM due_work WHERE kind = :kind AND subject = :subject")
                .bind("kind", kind)
                .bind("subject", subject)
                .execute();
    }
}
