package org.jikimi.screening.signal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Ids that proved to be of one child 동일 아동: the alias, and the child whose id survives. */
public final class Aliases {
    private Aliases() {}

    /** Keeps merges and splits out until the transaction ends; before households and states are locked. */
    public static void hold(Connection tx) throws SQLException {
        lock(tx, "ROW SHARE");
    }

    /** Waits for those who fold states, and keeps them out until the transaction ends; before anything else is locked. */
    public static void change(Connection tx) throws SQLException {
        lock(tx, "EXCLUSIVE");
    }

    private static void lock(Connection tx, String mode) throws SQLException {
        try (var statement = tx.createStatement()) {
            statement.execute("LOCK TABLE child_alias IN " + mode + " MODE");
        }
    }

    /** The child that an id is of: itself, unless it is an alias. */
    public static UUID surviving(Connection tx, UUID id) throws SQLException {
        return of(tx, List.of(id)).getOrDefault(id, id);
    }

    /** The child of each of the ids that is an alias; others are absent. */
    public static Map<UUID, UUID> of(Connection tx, Collection<UUID> ids) throws SQLException {
        var children = new HashMap<UUID, UUID>();
        if (ids.isEmpty()) {
            return children;
        }
        try (var query = tx.prepareStatement("SELECT alias_id, child_id FROM child_alias WHERE alias_id = ANY (?)")) {
            query.setArray(1, tx.createArrayOf("uuid", ids.toArray()));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    children.put(rows.getObject(1, UUID.class), rows.getObject(2, UUID.class));
                }
            }
        }
        return children;
    }
}
