package org.jikimi.runtime.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Recognises a database that is behind its mark, and has it go on: what it keeps is inserted again under the same ids,
 * so that whoever lost it too hears it; numbers go on where others have seen them end.
 *
 * <p>Why the announcement decides, and not transaction ids alone: the restored service writes while nobody has noticed,
 * and may have come past the mark's id before its relay leads. The announcement is counted by the relay alone.
 */
final class Restoration {
    private static final String IS_BEHIND = """
            SELECT announced < ? OR (announced = ? AND incarnation <> ?)
                OR pg_snapshot_xmax(pg_current_snapshot()) <= ?::xid8
                OR pg_current_wal_flush_lsn() < ?::pg_lsn
            FROM relay_position""";

    /** Numbers below those in use are lost for good: they were given to events that others know and this does not. */
    private static final String SKIP_USED_NUMBERS = """
            WITH before AS MATERIALIZED (SELECT last_value FROM outbox_seq_seq)
            SELECT last_value, setval('outbox_seq_seq', greatest(last_value, ?)) FROM before""";

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
        return Resending.inOneSnapshot(session, tx -> {
            var lastKnown = skipUsedNumbers(tx, mark.seq());
            var inserted = Resending.allMarked(tx);
            var incarnation = UUID.randomUUID();
            var begun = Resending.startAnew(tx, position, mark.announced(), incarnation);
            remember(tx, incarnation, lastKnown, mark.seq(), inserted);
            return begun;
        });
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

    private static void remember(Connection tx, UUID incarnation, long lastKnown, long used, long inserted)
            throws SQLException {
        try (var insert = tx.prepareStatement(REMEMBER)) {
            insert.setObject(1, incarnation);
            insert.setLong(2, lastKnown + 1);
            insert.setLong(3, used);
            insert.setLong(4, inserted);
            insert.executeUpdate();
        }
    }
}
