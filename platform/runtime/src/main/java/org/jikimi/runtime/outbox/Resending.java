package org.jikimi.runtime.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Inserts kept events again under their ids, so that whoever has not heard them hears them. The relay then aims at what
 * this transaction leaves behind, and so sends the copies in the order of the events.
 */
final class Resending {
    /** Header of an event that others had heard of before its database was restored. */
    static final String RESENT = "ce_resent";

    /**
     * Each event once, however often it was inserted again before, with the number that it was first sent with. What has
     * not been sent yet must come along: the position that would send it is given up. After a restore the number of
     * such an event may be one that others know of a lost event, so that it gets the copy's own. An event that was inserted
     * again before waits as long as one of its copies does, though the relay has passed over the others.
     */
    private static final String INSERT_AGAIN = """
            INSERT INTO outbox (id, type, key, headers, payload)
            SELECT id, type, key,
                headers
                    || CASE WHEN headers ~ '(^|\n)ce_sequence:' OR (? AND NOT sent AND number > settled_seq) THEN ''
                        ELSE 'ce_sequence:' || number || E'\n' END
                    || CASE WHEN ? AND sent AND headers !~ '(^|\n)ce_resent:' THEN E'ce_resent:true\n' ELSE '' END,
                payload
            FROM (
                SELECT DISTINCT ON (id) seq, id, type, key, headers, payload, settled_seq, sent,
                    coalesce(max(substring(headers FROM '(?:^|\n)ce_sequence:([0-9]+)')::bigint) OVER of_id,
                        max(seq) OVER of_id) AS number,
                    bool_or(NOT sent) OVER of_id AS waits
                FROM (
                    SELECT outbox.*, settled_seq,
                        (pg_visible_in_snapshot(tx, prev) OR (pg_visible_in_snapshot(tx, target) AND seq <= last_seq))
                            AND NOT EXISTS (SELECT FROM relay_missing AS missing WHERE missing.topic = type
                                AND NOT pg_visible_in_snapshot(tx, missing.prev)
                                AND NOT (pg_visible_in_snapshot(tx, missing.target) AND seq <= missing.last_seq)) AS sent
                    FROM outbox, relay_position
                    WHERE tx >= ?::xid8) AS judged
                WINDOW of_id AS (PARTITION BY id)
                ORDER BY id, seq) AS kept
            WHERE waits OR type = ANY (?)
            ORDER BY seq""";

    private static final String INSERT_ALL_AGAIN = INSERT_AGAIN.replace("type = ANY (?)", "true");

    /**
     * What is visible now has been inserted again. First this transaction's copies alone are to be sent, and only then what is
     * not visible yet: a transaction that is open now may hold a newer event of a child under an older number than the copy.
     */
    private static final String START_ANEW = """
            UPDATE relay_position SET prev = pg_current_snapshot(), target = copies, last_seq = 0,
                announced = greatest(announced, ?) + 1, incarnation = coalesce(?, incarnation)
            FROM (
                SELECT (pg_snapshot_xmin(now)::text || ':' || own + 1 || ':' || coalesce(
                    (SELECT string_agg(id::text, ',' ORDER BY id) FROM (
                        SELECT pg_snapshot_xip(now)::text::bigint
                        UNION SELECT generate_series(pg_snapshot_xmax(now)::text::bigint, own - 1)) AS open (id)),
                    ''))::pg_snapshot AS copies
                FROM (SELECT pg_current_snapshot() AS now, pg_current_xact_id()::text::bigint AS own) AS this) AS aim
            WHERE epoch = ? RETURNING prev::text, target::text""";

    private Resending() {}

    /** All that is kept, marked as known to others where it had been sent. */
    static long allMarked(Connection tx) throws SQLException {
        try (var insert = tx.prepareStatement(INSERT_ALL_AGAIN)) {
            insert.setBoolean(1, true);
            insert.setBoolean(2, true);
            insert.setString(3, "0");
            return insert.executeLargeUpdate();
        }
    }

    /**
     * What was sent to these topics, as if it had never been sent, and what is still to be sent to any. If it is to none, what
     * was sent long ago is not read.
     */
    static long unmarked(Connection tx, Collection<String> topics) throws SQLException {
        try (var insert = tx.prepareStatement(INSERT_AGAIN)) {
            insert.setBoolean(1, false);
            insert.setBoolean(2, false);
            insert.setString(3, topics.isEmpty() ? sentBelow(tx) : "0");
            insert.setArray(4, tx.createArrayOf("text", topics.toArray()));
            return insert.executeLargeUpdate();
        }
    }

    private static String sentBelow(Connection tx) throws SQLException {
        try (var select = tx.createStatement();
                var row = select.executeQuery(OutboxPartitions.SENT_BELOW)) {
            row.next();
            return row.getString(1);
        }
    }

    /**
     * The position that sends what this transaction has inserted, what had waited for missing topics among it.
     *
     * @param announced the next announcement is counted past this
     * @param incarnation a new life of the database; null if it goes on with its old one
     * @throws SQLException if another leader has taken over
     */
    static Position startAnew(Connection tx, Position position, long announced, @Nullable UUID incarnation)
            throws SQLException {
        try (var forget = tx.createStatement()) {
            forget.executeUpdate("DELETE FROM relay_missing");
        }
        try (var update = tx.prepareStatement(START_ANEW)) {
            update.setLong(1, announced);
            update.setObject(2, incarnation);
            update.setLong(3, position.epoch());
            try (var row = update.executeQuery()) {
                if (!row.next()) {
                    throw Position.isFenced();
                }
                return new Position(position.epoch(), row.getString(1), row.getString(2), 0);
            }
        }
    }

    /** Work of one transaction on the relay's session. */
    @FunctionalInterface
    interface Work {
        Position in(Connection tx) throws SQLException;
    }

    /** Runs it on one snapshot, which the position then names. */
    static Position inOneSnapshot(Connection session, Work work) throws SQLException {
        session.setAutoCommit(false);
        try {
            session.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            var begun = work.in(session);
            session.commit();
            return begun;
        } catch (SQLException failure) {
            session.rollback();
            throw failure;
        } finally {
            session.setAutoCommit(true);
            session.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
    }
}
