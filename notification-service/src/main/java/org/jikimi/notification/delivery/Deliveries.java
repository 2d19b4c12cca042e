package org.jikimi.notification.delivery;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;

/** The deliveries as stored: a queue that replicas share. */
final class Deliveries {
    /** Adds deliveries; one that is there already stays as it is. */
    void add(Connection tx, List<PlannedMail> mails, Instant now) {
        if (mails.isEmpty()) {
            return;
        }
        var batch = Sql.on(tx).prepareBatch("""
                        INSERT INTO delivery (id, alert_id, level, channel, mailbox, subscription_id, correlation_id,
                            priority, subject, text, planned_at)
                        VALUES (:id, :alert, :level, 'EMAIL', :mailbox, CAST(:subscription AS uuid), :correlation,
                            :priority, :subject, :text, :now)
                        ON CONFLICT (id) DO NOTHING""");
        for (var mail : mails) {
            var notice = mail.notice();
            batch.bind("id", mail.deliveryId())
                    .bind("alert", notice.alertId())
                    .bind("level", notice.level())
                    .bind("mailbox", mail.mailbox())
                    .bind("subscription", mail.subscriptionId())
                    .bind("correlation", notice.correlationId())
                    .bind("priority", notice.priority())
                    .bind("subject", notice.subject())
                    .bind("text", notice.text())
                    .bind("now", now)
                    .add();
        }
        batch.execute();
    }

    /**
     * Takes what is due, the most pressing first; if it is not settled within the lease, another may take it.
     *
     * @param leastPressing what presses less is left alone
     */
    List<Mail> claim(Connection tx, int limit, Duration lease, int leastPressing) {
        return Sql.on(tx)
                .createQuery("""
                        WITH due AS MATERIALIZED (
                            SELECT id FROM delivery
                            WHERE state = 'PENDING' AND due_at <= clock_timestamp() AND priority <= :leastPressing
                            ORDER BY priority, due_at LIMIT :limit FOR UPDATE SKIP LOCKED),
                        claimed AS (
                            UPDATE delivery SET attempts = attempts + 1,
                                due_at = clock_timestamp() + :lease * interval '1 millisecond'
                            WHERE id IN (SELECT id FROM due) RETURNING *)
                        SELECT * FROM claimed ORDER BY priority, planned_at""")
                .bind("limit", limit)
                .bind("lease", lease.toMillis())
                .bind("leastPressing", leastPressing)
                .map((row, context) -> new Mail(
                        row.getObject("id", UUID.class),
                        row.getObject("alert_id", UUID.class),
                        row.getObject("correlation_id", UUID.class),
                        row.getString("mailbox"),
                        row.getObject("subscription_id", UUID.class),
                        row.getInt("refusals"),
                        row.getString("subject"),
                        row.getString("text")))
                .list();
    }

    /** The mail server has taken them over, each at its time. */
    void sent(Connection tx, Map<UUID, Instant> sentAt) {
        var batch = Sql.on(tx)
                .prepareBatch("UPDATE delivery SET state = 'SENT', sent_at = :at, last_code = NULL WHERE id = :id");
        sentAt.forEach((id, at) -> batch.bind("id", id).bind("at", at).add());
        batch.execute();
    }

    void failed(Connection tx, UUID id, String code) {
        Sql.on(tx)
                .createUpdate("UPDATE delivery SET state = 'FAILED', last_code = :code WHERE id = :id")
                .bind("id", id)
                .bind("code", code)
                .execute();
    }

    /** The server refused it for now; it is tried again after a pause. */
    void refused(Connection tx, UUID id, String code, Duration pause) {
        Sql.on(tx)
                .createUpdate("UPDATE delivery SET last_code = :code, refusals = refusals + 1, "
                        + "due_at = clock_timestamp() + :pause * interval '1 millisecond' WHERE id = :id")
                .bind("id", id)
                .bind("code", code)
                .bind("pause", pause.toMillis())
                .execute();
    }

    /** Gives back what was claimed. */
    void release(Connection tx, Collection<UUID> ids, String code) {
        Sql.on(tx)
                .createUpdate("UPDATE delivery SET last_code = :code, due_at = clock_timestamp() WHERE id = ANY(:ids)")
                .bindArray("ids", UUID.class, ids.toArray())
                .bind("code", code)
                .execute();
    }

    List<DeliveryView> ofAlerts(Connection tx, Collection<UUID> alertIds) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM delivery WHERE alert_id = ANY(:ids) ORDER BY level, planned_at, id")
                .bindArray("ids", UUID.class, alertIds.toArray())
                .map((row, context) -> view(row))
                .list();
    }

    private static DeliveryView view(ResultSet row) throws SQLException {
        var sentAt = row.getTimestamp("sent_at");
        return new DeliveryView(
                row.getObject("id", UUID.class),
                row.getObject("alert_id", UUID.class),
                row.getInt("level"),
                row.getString("channel"),
                DeliveryState.valueOf(row.getString("state")),
                row.getInt("attempts"),
                row.getString("last_code"),
                row.getTimestamp("planned_at").toInstant(),
                sentAt == null ? null : sentAt.toInstant());
    }
}
