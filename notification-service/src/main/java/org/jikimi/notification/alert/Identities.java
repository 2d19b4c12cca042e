package org.jikimi.notification.alert;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.db.Sql;

/** Which ids are of one child, as the merges and splits tell that were heard of: docs/adr/0016. */
final class Identities {
    /** The ids of a child, and the one asked for among them; nothing is raised of them before this transaction has ended. */
    Set<UUID> locked(Connection tx, UUID id) throws SQLException {
        var known = new TreeSet<UUID>();
        for (var ids = of(tx, id); known.addAll(ids); ids = of(tx, id)) {
            KeyLocks.lock(tx, ids.stream().map(UUID::toString).toList()); // who held them may have merged one more
        }
        return known;
    }

    /** The ids of a child, and the one asked for among them. */
    Set<UUID> of(Connection tx, UUID id) {
        return Sql.on(tx).createQuery("""
                        WITH relative AS (
                            SELECT child_id FROM child_move WHERE survivor_id = :id OR child_id = :id
                              OR survivor_id IN (SELECT survivor_id FROM child_move WHERE child_id = :id)),
                        tie AS (
                            SELECT DISTINCT ON (child_id) child_id, survivor_id, becomes_alias FROM child_move
                            WHERE child_id IN (SELECT child_id FROM relative) AND survivor_id IS NOT NULL
                            ORDER BY child_id, version DESC),
                        survivor AS (
                            SELECT coalesce((SELECT survivor_id FROM tie WHERE child_id = :id AND becomes_alias), :id) AS id)
                        SELECT id FROM survivor
                        UNION SELECT child_id FROM tie WHERE becomes_alias AND survivor_id = (SELECT id FROM survivor)""").bind("id", id).mapTo(UUID.class).set();
    }

    /** Whether another child survived it. */
    boolean isAlias(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT becomes_alias FROM child_move WHERE child_id = :id AND survivor_id IS NOT NULL "
                        + "ORDER BY version DESC LIMIT 1")
                .bind("id", id)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false);
    }
}
