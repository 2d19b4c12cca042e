package org.jikimi.runtime.outbox;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Recognises a database that is behind its mark, and has it go on: what it keeps is inserted again under the same ids,
 * so that whoever lost it too hears it; numbers go on where others have seen them end.
 *
 * <p>Why the announcement decides, and not transaction ids alone: the restored service writes while nobody has noticed,
 * and may have come past the mark's id before its relay leads. The announcement is counted by the relay alone.
 */
final class Restoration {
    /** Header of an event that had been sent before the restore. */
    static final String RESENT = "ce_resent";

    private static final String IS_BEHIND = """
            SELECT announced < ? OR (announced = ? AND incarnation <> ?)
                OR pg_snapshot_xmax(pg_current_snapshot()) <= ?::xid8
                OR pg_current_wal_flush_lsn() < ?::pg_lsn
            FROM relay_position""";

    /** Numbers below those in use are lost for good: they were given to events that others know and this does not. */
    private static final String SKIP_USED_NUMBERS = """
            WITH before AS MATERIALIZED (SELECT last_value FROM outbox_seq_seq)
            SELECT last_value, setval('outbox_seq_seq', greatest(last_value, ?)) FROM before""";

    /** Each event once, however often it was restored before, with the number that it was first sent with. */
    private static final String INSERT_AGAIN = """
            INSERT INTO outbox (id, type, key, headers, payload)
            SELECT id, type, key,
                headers || CASE WHEN headers ~ '(^|\n)ce_sequence:' THEN '' ELSE 'ce_sequence:' || seq || E'\n' END
                    || CASE WHEN sent AND headers !~ '(^|\n)ce_resent:' THEN E'ce_resent:true\n' ELSE '' END,
                payload
            FROM (
                SELECT DISTINCT ON (id) seq, id, type, key, headers, payload,
                    pg_visible_in_snapshot(tx, prev)
                        OR (pg_visible_in_snapshot(tx, target) AND seq <= last_seq) AS sent
                FROM outbox, relay_position
                ORDER BY id, seq) AS kept
            ORDER BY seq""";

    /** What is visible now has been inserted again; what is not, this transaction's copies too, is to be sent. */
    private static final String START_ANEW = """
            UPDATE relay_position SET prev = pg_current_snapshot(), target = pg_current_snapshot(), last_seq = 0,
                announced = ?, incarnation = gen_random_uuid()
            WHERE epoch = ? RETURNING prev::text, incarnation""";

    private static final String REMEMBER =
            "INSERT INTO relay_restore (incarnation, first_lost, last_lost, inserted) VALUES (?, ?, ?, ?)";

    private Restoration() {}

    static boolean isBehind(Connection session, HighWaterMark mark) throws SQLException {
        try (var select = session.prepareStatement(IS_BEHIND)) {
            select.setLong(1, mark.announced());
            select.setLong(2, mark.announced());
            select.setObject(3, mark.incarnation());
            select.setString(4, Long.toString(mark.xid()));
            select.setString(5, mark.lsn());
            try (var row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** Does all of it in one transaction, of which the relay's position is part. */
    static Position goOn(Connection session, HighWaterMark mark, Position position) throws SQLException {
        session.setAutoCommit(false);
        try {
            session.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            var lastKnown = skipUsedNumbers(session, mark.seq());
            var inserted = insertAgain(session);
            var begun = startAnew(session, mark, position, lastKnown, inserted);
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

    private static long skipUsedNumbers(Connection tx, long used) throws SQLException {
        try (var select = tx.prepareStatement(SKIP_USED_NUMBERS)) {
            select.setLong(1, used);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static long insertAgain(Connection tx) throws SQLException {
        try (var insert = tx.createStatement()) {
            return insert.executeLargeUpdate(INSERT_AGAIN);
        }
    }

    private static Position startAnew(
            Connection tx, HighWaterMark mark, Position position, long lastKnown, long inserted) throws SQLException {
        try (var update = tx.prepareStatement(START_ANEW);
                var remember = tx.prepareStatement(REMEMBER)) {
            update.setLong(1, mark.announced() + 1);
            update.setLong(2, position.epoch());
            try (var row = update.executeQuery()) {
                if (!row.next()) {
                    throw Position.isFenced();
                }
                remember.setObject(1, row.getObject(2));
                remember.setLong(2, lastKnown + 1);
                remember.setLong(3, mark.seq());
                remember.setLong(4, inserted);
                remember.executeUpdate();
                return new Position(position.epoch(), row.getString(1), row.getString(1), 0);
            }
        }
    }
}
