package org.jikimi.runtime.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/**
 * How far the relay has come. Everything visible in {@code prev} has been sent; the pass under way sends what is
 * visible in {@code target} and has come to {@code lastSeq}.
 */
record Position(long epoch, String prev, String target, long lastSeq) {
    /**
     * Numbers that had been given by one announcement are held by no id that the next one's snapshot has yet to see;
     * they are settled when a later snapshot has no older id open.
     */
    private static final String ANNOUNCE = """
            WITH numbers AS MATERIALIZED (
                SELECT pg_current_snapshot() AS now, last_value - (NOT is_called)::int AS given FROM outbox_seq_seq)
            UPDATE relay_position SET announced = announced + 1,
                settled_seq = CASE WHEN pg_snapshot_xmin(now) >= watched_xid THEN watched_seq ELSE settled_seq END,
                watched_seq = CASE WHEN pg_snapshot_xmin(now) >= watched_xid THEN announced_seq ELSE watched_seq END,
                watched_xid = CASE WHEN pg_snapshot_xmin(now) >= watched_xid THEN pg_snapshot_xmax(now)
                    ELSE watched_xid END,
                announced_seq = given
            FROM numbers
            WHERE epoch = ?
            RETURNING incarnation, announced, pg_current_xact_id()::text, pg_current_wal_flush_lsn()::text, given""";

    /** Starts a new epoch, so that an older leader that still believes in itself can no longer save. */
    static Position takeOver(Connection session) throws SQLException {
        try (var update = session.createStatement();
                var row = update.executeQuery("UPDATE relay_position SET epoch = epoch + 1, knows_missing = epoch + 1 "
                        + "RETURNING epoch, prev::text, target::text, last_seq")) {
            row.next();
            return new Position(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4));
        }
    }

    /**
     * Saves the position, if this epoch still leads.
     *
     * @throws SQLException if another leader has taken over
     */
    void save(Connection session) throws SQLException {
        var sql =
                "UPDATE relay_position SET prev = ?::pg_snapshot, target = ?::pg_snapshot, last_seq = ? WHERE epoch = ?";
        try (var update = session.prepareStatement(sql)) {
            update.setString(1, prev);
            update.setString(2, target);
            update.setLong(3, lastSeq);
            update.setLong(4, epoch);
            if (update.executeUpdate() == 0) {
                throw isFenced();
            }
        }
    }

    /**
     * Counts an announcement that covers all that is visible now: it is durable when this returns, and so is everything
     * that was visible before.
     *
     * @throws SQLException if another leader has taken over
     */
    HighWaterMark announce(Connection session) throws SQLException {
        try (var update = session.prepareStatement(ANNOUNCE)) {
            update.setLong(1, epoch);
            try (var row = update.executeQuery()) {
                if (!row.next()) {
                    throw isFenced();
                }
                return new HighWaterMark(
                        row.getObject(1, UUID.class),
                        row.getLong(2),
                        Long.parseLong(row.getString(3)),
                        row.getString(4),
                        row.getLong(5));
            }
        }
    }

    static SQLException isFenced() {
        return new SQLException("another relay leads now", "57000");
    }

    boolean isPassDone() {
        return prev.equals(target);
    }

    /** The pass is over: all of its target has been sent, and the next one aims at a newer snapshot. */
    Position aimAt(String snapshot) {
        return new Position(epoch, target, snapshot, 0);
    }

    Position after(long seq) {
        return new Position(epoch, prev, target, seq);
    }

    /** The xmin of {@code prev}: below it nothing is unsent. */
    String lowestUnsent() {
        return prev.substring(0, prev.indexOf(':'));
    }

    /** The xmax of {@code target}: from it on nothing is visible yet. */
    String beyondTarget() {
        return target.substring(target.indexOf(':') + 1, target.lastIndexOf(':'));
    }
}
