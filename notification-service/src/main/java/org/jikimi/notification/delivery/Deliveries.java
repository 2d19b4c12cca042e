package org.jikimi.notification.delivery;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The deliveries as stored: a queue that replicas share. */
final class Deliveries {
    /** Adds a delivery to the role's mailbox; one that is there already stays as it is. */
    void toMailbox(Connection tx, Notice notice, Instant now) {
        insert(tx, notice, notice.mailbox(), null, now);
    }

    /** Adds a delivery to a subscriber; one that is there already stays as it is. */
    void toSubscriber(Connection tx, Notice notice, UUID subscription, Instant now) {
        insert(tx, notice, null, subscription, now);
    }

    private static void insert(
            Connection tx, Notice notice, @Nullable String mailbox, @Nullable UUID subscription, Instant now) {
        var name = "delivery:" + notice.alertId() + ":" + notice.level() + ":"
                + (mailbox == null ? subscription : mailbox);
        Jdbi.open(tx)
                .createUpdate("""
                        INSERT INTO delivery (id, alert_id, level, channel, mailbox, subscription_id, correlation_id,
                            priority, subject, text, planned_at)
                        VALUES (:id, :alert, :level, 'EMAIL', :mailbox, CAST(:subscription AS uuid), :correlation,
                            :priority, :subject, :text, :now)
                        ON CONFLICT (id) DO NOTHING""")
                .bind("id", UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)))
                .bind("alert", notice.alertId())
                .bind("level", notice.level())
                .bind("mailbox", mailbox)
                .bind("subscription", subscription)
                .bind("correlation", notice.correlationId())
                .bind("priority", notice.priority())
                .bind("subject", notice.subject())
                .bind("text", notice.text())
                .bind("now", now)
                .execute();
    }

    /** Takes what is due, the most pressing first; if it is not settled within the lease, another may take it. */
    List<Mail> claim(Connection tx, int limit, Duration lease) {
        return Jdbi.open(tx)
                .createQuery("""
                        WITH due AS MATERIALIZED (
                            SELECT id FROM delivery
                            WHERE state = 'PENDING' AND due_at <= clock_timestamp()
                            ORDER BY priority, due_at LIMIT :limit FOR UPDATE SKIP LOCKED),
                        claimed AS (
                            UPDATE delivery SET attempts = attempts + 1,
                                due_at = clock_timestamp() + :lease * interval '1 millisecond'
                            WHERE id IN (SELECT id FROM due) RETURNING *)
                        SELECT * FROM claimed ORDER BY priority, planned_at""")
                .bind("limit", limit)
                .bind("lease", lease.toMillis())
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

    void sent(Connection tx, UUID id, Instant now) {
        Jdbi.open(tx)
                .createUpdate("UPDATE delivery SET state = 'SENT', sent_at = :now, last_code = NULL WHERE id = :id")
                .bind("id", id)
                .bind("now", now)
                .execute();
    }

    void failed(Connection tx, UUID id, String code) {
        Jdbi.open(tx)
                .createUpdate("UPDATE delivery SET state = 'FAILED', last_code = :code WHERE id = :id")
                .bind("id", id)
                .bind("code", code)
                .execute();
    }

    /** The server refused it for now; it is tried again after a pause. */
    void refused(Connection tx, UUID id, String code, Duration pause) {
        Jdbi.open(tx)
                .createUpdate("UPDATE delivery SET last_code = :code, refusals = refusals + 1, "
                        + "due_at = clock_timestamp() + :pause * interval '1 millisecond' WHERE id = :id")
                .bind("id", id)
                .bind("code", code)
                .bind("pause", pause.toMillis())
                .execute();
    }

    /** Gives back what was claimed. */
    void release(Connection tx, Collection<UUID> ids, String code) {
        Jdbi.open(tx)
                .createUpdate("UPDATE delivery SET last_code = :code, due_at = clock_timestamp() WHERE id = ANY(:ids)")
                .bindArray("ids", UUID.class, ids.toArray())
                .bind("code", code)
                .execute();
    }

    List<DeliveryView> ofAlerts(Connection tx, Collection<UUID> alertIds) {
        return Jdbi.open(tx)
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
