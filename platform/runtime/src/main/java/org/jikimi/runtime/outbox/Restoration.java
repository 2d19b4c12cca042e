package org.jikimi.runtime.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Recognises a database that is behind its mark, and has it go on: what it keeps is inserted again under the same ids,
 * so that whoever lost it too hears it; numbers go on where others have seen them end, also those of events that were
 * published after the restore and before anybody noticed.
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

    /** Numbers that others may know are not given again. */
    private static final String SKIP_USED_NUMBERS =
            "SELECT setval('outbox_seq_seq', greatest(last_value, ?)) FROM outbox_seq_seq";

    private static final String REMEMBER = "INSERT INTO relay_restore (incarnation, first_lost, last_lost, inserted) "
            + "SELECT ?, settled_seq + 1, ?, ? FROM relay_position";

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
            skipUsedNumbers(tx, mark.seq());
            var inserted = Resending.allMarked(tx);
            var incarnation = UUID.randomUUID();
            var begun = Resending.startAnew(tx, position, mark.announced(), incarnation);
            remember(tx, incarnation, mark.seq(), inserted);
            return begun;
        });
    }

    private static void skipUsedNumbers(Connection tx, long used) throws SQLException {
        try (var select = tx.prepareStatement(SKIP_USED_NUMBERS)) {
            select.setLong(1, used);
            select.execute();
        }
    }

    private static void remember(Connection tx, UUID incarnation, long used, long inserted) throws SQLException {
        try (var insert = tx.prepareStatement(REMEMBER)) {
            insert.setObject(1, incarnation);
            insert.setLong(2, used);
            insert.setLong(3, inserted);
            insert.executeUpdate();
        }
    }
}
