package org.jikimi.runtime.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

/**
 * One transaction at a time for each key, until it ends. The second transaction of a child thus starts to write its
 * events after the first one's are visible, and their sequence numbers order them.
 */
public final class KeyLocks {
    private static final int KEYS = 1;
    private static final int RELAY = 2;

    private KeyLocks() {}

    /** Locks the keys in one sorted order, which all transactions share, so that two of them cannot wait for each other. */
    public static void lock(Connection tx, Collection<String> keys) throws SQLException {
        var sql = "SELECT pg_advisory_xact_lock(" + KEYS + ", h) FROM "
                + "(SELECT DISTINCT hashtext(k) AS h FROM unnest(?::text[]) AS k ORDER BY h) AS sorted";
        try (var statement = tx.prepareStatement(sql)) {
            statement.setArray(
                    1, tx.createArrayOf("text", keys.stream().distinct().toArray()));
            statement.execute();
        }
    }

    /** Holds the key together with others who share it, and keeps out who locks it, until the transaction ends. */
    public static void share(Connection tx, String key) throws SQLException {
        try (var statement = tx.prepareStatement("SELECT pg_advisory_xact_lock_shared(" + KEYS + ", hashtext(?))")) {
            statement.setString(1, key);
            statement.execute();
        }
    }

    /** Makes the session the only relay of its database for as long as it lives. Answers false if another one is. */
    public static boolean tryLeadRelay(Connection session) throws SQLException {
        try (var statement = session.createStatement();
                var row = statement.executeQuery("SELECT pg_try_advisory_lock(" + RELAY + ", 0)")) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
