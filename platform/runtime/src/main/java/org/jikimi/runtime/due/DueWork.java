package org.jikimi.runtime.due;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.event.Tracing;

/**
 * Plans what must happen at a time: legal clocks, expiries, retries, escalations. Written in the transaction of the
 * change it follows from. Any replica may carry it out; it happens once.
 */
public final class DueWork {
    /** Plans work, or moves it if the same kind and subject are planned already; done work may be planned anew. */
    public void plan(Connection tx, String kind, String subject, Instant dueAt) throws SQLException {
        plan(tx, kind, Map.of(subject, dueAt));
    }

    /** Plans work of one kind about many subjects at once, likewise. */
    public void plan(Connection tx, String kind, Map<String, Instant> dueAt) throws SQLException {
        if (dueAt.isEmpty()) {
            return;
        }
        var batch = Sql.on(tx).prepareBatch("""
                INSERT INTO due_work (kind, subject, due_at, traceparent) VALUES (:kind, :subject, :dueAt, :traceparent)
                ON CONFLICT (kind, subject) DO UPDATE SET due_at = excluded.due_at,
                    traceparent = excluded.traceparent, attempts = 0, retry_at = NULL""");
        var traceparent = Tracing.current().orElse(null);
        dueAt.forEach((subject, at) -> batch.bind("kind", kind)
                .bind("subject", subject)
                .bind("dueAt", at)
                .bind("traceparent", traceparent)
                .add());
        batch.execute();
    }

    /** Forgets planned work that is no longer to be done. */
    public void cancel(Connection tx, String kind, String subject) throws SQLException {
        Sql.on(tx)
                .createUpdate("DELETE FROM due_work WHERE kind = :kind AND subject = :subject")
                .bind("kind", kind)
                .bind("subject", subject)
                .execute();
    }
}
