package org.jikimi.runtime.parked;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.inbox.ParkReason;
import org.jspecify.annotations.Nullable;

/** Reads what is parked, in the order in which it came. */
final class ParkedEvents {
    /** A parked event and its place in the list. */
    record Placed(long seq, ParkedEvent event) {}

    private ParkedEvents() {}

    /**
     * What follows a place.
     *
     * @param reason null for all
     */
    static List<Placed> after(Connection tx, long seq, int fetch, @Nullable ParkReason reason) throws SQLException {
        return Sql.on(tx)
                .createQuery("""
                        SELECT seq, id, key, topic, reason, code, attempts, parked_at FROM inbox_parked
                        WHERE seq > :seq AND (CAST(:reason AS text) IS NULL OR reason = :reason)
                        ORDER BY seq LIMIT :fetch""")
                .bind("seq", seq)
                .bind("reason", reason == null ? null : reason.name())
                .bind("fetch", fetch)
                .map((row, context) -> new Placed(
                        row.getLong("seq"),
                        new ParkedEvent(
                                row.getObject("id", UUID.class),
                                row.getString("key"),
                                row.getString("topic"),
                                ParkReason.valueOf(row.getString("reason")),
                                row.getString("code"),
                                row.getInt("attempts"),
                                row.getTimestamp("parked_at").toInstant())))
                .list();
    }

    static long count(Connection tx, String key) throws SQLException {
        return Sql.on(tx)
                .createQuery("SELECT count(*) FROM inbox_parked WHERE key = :key")
                .bind("key", key)
                .mapTo(long.class)
                .one();
    }
}
