package org.jikimi.runtime.outbox;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.UUID;
import java.util.stream.Stream;
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
     * not been sent yet must come along: the position that would send it is given up. What waits for a topic that is still
     * missing stays where it is. After a restore the number of such an event may be one that others know of a lost event,
     * so that it gets the copy's own. An event that was inserted again before waits as long as one of its copies does, though
     * the relay has passed over the others; its place is that of the first of them. Of what was sent, nothing is sorted that is
     * not to be sent again.
     */
    private static final String INSERT_AGAIN = """
            WITH judged AS NOT MATERIALIZED (
                SELECT outbox.*, settled_seq,
                    (pg_visible_in_snapshot(tx, prev) OR (pg_visible_in_snapshot(tx, target) AND seq <= last_seq))
                        AND NOT EXISTS (SELECT FROM relay_missing AS missing WHERE missing.topic = type
                            AND NOT pg_visible_in_snapshot(tx, missing.prev)
                            AND NOT (pg_visible_in_snapshot(tx, missing.target) AND seq <= missing.last_seq)) AS sent
                FROM outbox, relay_position
                WHERE tx >= ?::xid8),
            wanted AS MATERIALIZED (
                SELECT DISTINCT id FROM judged
                WHERE (NOT sent OR {anew}) AND type NOT IN (SELECT topic FROM relay_missing WHERE NOT {there}))
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
                        max(seq) OVER of_id) AS number
                FROM judged
                WHERE id IN (SELECT id FROM wanted)
                WINDOW of_id AS (PARTITION BY id)
                ORDER BY id, seq) AS kept
            ORDER BY least(seq, number)""";

    private static final String INSERT_ALL_AGAIN =
            INSERT_AGAIN.replace("{anew}", "true").replace("{there}", "true");
    static final String INSERT_SOME_AGAIN =
            INSERT_AGAIN.replace("{anew}", "type = ANY (?)").replace("{there}", "topic = ANY (?)");

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

    /** All that is kept, marked as known to others where it had been sent. Nothing waits any more. */
    static long allMarked(Connection tx) throws SQLException {
        long inserted;
        try (var insert = tx.prepareStatement(INSERT_ALL_AGAIN)) {
            insert.setString(1, "0");
            insert.setBoolean(2, true);
            insert.setBoolean(3, true);
            inserted = insert.executeLargeUpdate();
        }
        try (var forget = tx.createStatement()) {
            forget.executeUpdate("DELETE FROM relay_missing");
        }
        return inserted;
    }

    /**
     * What was sent to the topics that were made anew, as if it had never been sent, what waited for those that are there
     * again, and what is still to be sent to any. If none was made anew, what was sent long ago is not read.
     */
    static long unmarked(Connection tx, Collection<String> anew, Collection<String> back) throws SQLException {
        var returned = Stream.concat(anew.stream(), back.stream()).toArray();
        var topics = tx.createArrayOf("text", returned);
        long inserted;
        try (var insert = tx.prepareStatement(INSERT_SOME_AGAIN)) {
            insert.setString(1, anew.isEmpty() ? sentBelow(tx, topics) : "0");
            insert.setArray(2, tx.createArrayOf("text", anew.toArray()));
            insert.setArray(3, topics);
            insert.setBoolean(4, false);
            insert.setBoolean(5, false);
            inserted = insert.executeLargeUpdate();
        }
        try (var forget = tx.prepareStatement("DELETE FROM relay_missing WHERE topic = ANY (?)")) {
            forget.setArray(1, topics);
            forget.executeUpdate();
        }
        return inserted;
    }

    /** Below this transaction id all has been sent, but for what waits on. */
    private static String sentBelow(Connection tx, Array back) throws SQLException {
        var sql = "SELECT min(pg_snapshot_xmin(prev)::text::bigint) FROM (SELECT prev FROM relay_position "
                + "UNION ALL SELECT prev FROM relay_missing WHERE topic = ANY (?)) AS sent";
        try (var select = tx.prepareStatement(sql)) {
            select.setArray(1, back);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    /**
     * The position that sends what this transaction has inserted.
     *
     * @param announced the next announcement is counted past this
     * @param incarnation a new life of the database; null if it goes on with its old one
     * @throws SQLException if another leader has taken over
     */
    static Position startAnew(Connection tx, Position position, long announced, @Nullable UUID incarnation)
            throws SQLException {
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
