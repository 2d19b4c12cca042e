package org.jikimi.notification.feed;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jspecify.annotations.Nullable;

/** Events on their way to webhooks: a queue for each subscriber, and whose turn it is. */
final class Feeds {
    /** A subscriber whose turn it is, and how often the endpoint has failed in a row. */
    record Turn(UUID subscriptionId, int failures) {}

    /** An event due to a subscriber. */
    record Due(UUID eventId, String type, @Nullable UUID childId, Instant happenedAt, String data) {}

    void add(Connection tx, OutgoingEvent event, String data, List<UUID> subscriptions, Instant now) {
        var jdbi = Sql.on(tx);
        jdbi.createUpdate("INSERT INTO feed_event (id, type, child_id, happened_at, data) "
                        + "VALUES (:id, :type, CAST(:child AS uuid), :at, :data) ON CONFLICT (id) DO NOTHING")
                .bind("id", event.id())
                .bind("type", event.type())
                .bind("child", event.childId())
                .bind("at", event.happenedAt())
                .bind("data", data)
                .execute();
        jdbi.createUpdate("INSERT INTO feed_delivery (subscription_id, event_id, seq, planned_at) "
                        + "SELECT s, e.id, e.seq, :now FROM unnest(:subscriptions) AS s, feed_event AS e "
                        + "WHERE e.id = :event ON CONFLICT DO NOTHING")
                .bindArray("subscriptions", UUID.class, subscriptions.toArray())
                .bind("event", event.id())
                .bind("now", now)
                .execute();
        jdbi.createUpdate("INSERT INTO feed_turn (subscription_id) "
                        + "SELECT unnest(:subscriptions) ON CONFLICT DO NOTHING")
                .bindArray("subscriptions", UUID.class, subscriptions.toArray())
                .execute();
    }

    /** Takes the turn of one subscriber who has something due; if it is not given back, another may take it. */
    Optional<Turn> takeTurn(Connection tx, Duration lease) {
        return Sql.on(tx)
                .createQuery("""
                        UPDATE feed_turn SET due_at = clock_timestamp() + :lease * interval '1 millisecond'
                        WHERE subscription_id = (
                            SELECT subscription_id FROM feed_turn AS t
                            WHERE due_at <= clock_timestamp()
                              AND EXISTS (SELECT FROM feed_delivery AS d
                                          WHERE d.subscription_id = t.subscription_id AND d.state = 'PENDING')
                            ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
                        RETURNING subscription_id, failures""")
                .bind("lease", lease.toMillis())
                .map((row, context) -> new Turn(row.getObject("subscription_id", UUID.class), row.getInt("failures")))
                .findOne();
    }

    void giveBack(Connection tx, UUID subscription, int failures, Duration pause) {
        Sql.on(tx)
                .createUpdate("UPDATE feed_turn SET failures = :failures, "
                        + "due_at = clock_timestamp() + :pause * interval '1 millisecond' "
                        + "WHERE subscription_id = :subscription")
                .bind("subscription", subscription)
                .bind("failures", failures)
                .bind("pause", pause.toMillis())
                .execute();
    }

    List<Due> due(Connection tx, UUID subscription, int limit) {
        return Sql.on(tx)
                .createQuery("SELECT e.* FROM feed_delivery AS d JOIN feed_event AS e ON e.id = d.event_id "
                        + "WHERE d.subscription_id = :subscription AND d.state = 'PENDING' ORDER BY d.seq LIMIT :limit")
                .bind("subscription", subscription)
                .bind("limit", limit)
                .map((row, context) -> readDue(row))
                .list();
    }

    void sent(Connection tx, UUID subscription, UUID event, Instant now) {
        Sql.on(tx)
                .createUpdate("UPDATE feed_delivery SET state = 'SENT', attempts = attempts + 1, last_code = NULL, "
                        + "sent_at = :now WHERE subscription_id = :subscription AND event_id = :event")
                .bind("subscription", subscription)
                .bind("event", event)
                .bind("now", now)
                .execute();
    }

    void failed(Connection tx, UUID subscription, UUID event, String code) {
        Sql.on(tx)
                .createUpdate("UPDATE feed_delivery SET attempts = attempts + 1, last_code = :code "
                        + "WHERE subscription_id = :subscription AND event_id = :event")
                .bind("subscription", subscription)
                .bind("event", event)
                .bind("code", code)
                .execute();
    }

    /** Puts what happened since then before the subscriber again; answers how many events. */
    int again(Connection tx, UUID subscription, Instant from) {
        return Sql.on(tx)
                .createUpdate("UPDATE feed_delivery AS d SET state = 'PENDING', sent_at = NULL FROM feed_event AS e "
                        + "WHERE e.id = d.event_id AND d.subscription_id = :subscription AND e.happened_at >= :from")
                .bind("subscription", subscription)
                .bind("from", from)
                .execute();
    }

    List<FeedDeliveryView> of(Connection tx, UUID subscription, int limit, long before) {
        return Sql.on(tx)
                .createQuery(
                        "SELECT d.*, e.type, e.happened_at FROM feed_delivery AS d "
                                + "JOIN feed_event AS e ON e.id = d.event_id "
                                + "WHERE d.subscription_id = :subscription AND d.seq < :before ORDER BY d.seq DESC LIMIT :limit")
                .bind("subscription", subscription)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> view(row))
                .list();
    }

    private static Due readDue(ResultSet row) throws SQLException {
        return new Due(
                row.getObject("id", UUID.class),
                row.getString("type"),
                row.getObject("child_id", UUID.class),
                row.getTimestamp("happened_at").toInstant(),
                row.getString("data"));
    }

    private static FeedDeliveryView view(ResultSet row) throws SQLException {
        var sentAt = row.getTimestamp("sent_at");
        return new FeedDeliveryView(
                row.getObject("event_id", UUID.class),
                row.getString("type"),
                row.getLong("seq"),
                row.getString("state"),
                row.getInt("attempts"),
                row.getString("last_code"),
                row.getTimestamp("happened_at").toInstant(),
                sentAt == null ? null : sentAt.toInstant());
    }
}
