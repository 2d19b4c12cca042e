package org.jikimi.referral.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.db.Sql;

/** Which ids are of one child, as the registry told. Rows keep the ids they have; who asks for one is shown all. */
public final class Aliases {
    /**
     * What a person decided of an id.
     *
     * @param child that survives; the id itself if it is a child of its own again
     * @param version of the alias in the registry: the highest stands
     * @param active whether it is an alias now, or a child of its own again
     */
    public record Decision(UUID alias, UUID child, long version, boolean active) {
        /** The id is an alias of the child from now on. */
        public static Decision merged(UUID alias, UUID child, long version) {
            return new Decision(alias, child, version, true);
        }

        /** The id is a child of its own again; of whom it was an alias is not kept, for that one may be erased. */
        public static Decision split(UUID id, long version) {
            return new Decision(id, id, version, false);
        }
    }

    /** Notes it; answers false if something newer is known. */
    public boolean note(Connection tx, Decision decision) {
        return Sql.on(tx)
                        .createUpdate("""
                        INSERT INTO child_alias AS known (alias_id, child_id, version, active)
                        VALUES (:alias, :child, :version, :active)
                        ON CONFLICT (alias_id) DO UPDATE SET child_id = excluded.child_id,
                            version = excluded.version, active = excluded.active
                            WHERE known.version < excluded.version""")
                        .bind("alias", decision.alias())
                        .bind("child", decision.child())
                        .bind("version", decision.version())
                        .bind("active", decision.active())
                        .execute()
                == 1;
    }

    /** All ids of the child that an id is of, the one that survives last. */
    public List<UUID> idsOf(Connection tx, UUID child) {
        return Sql.on(tx)
                .createQuery("SELECT ids_of_child(:child)")
                .bind("child", child)
                .mapTo(UUID.class)
                .list();
    }

    /** Nobody else changes what is of the child, under whichever of its ids, until the transaction ends. */
    public void lock(Connection tx, UUID child) throws SQLException {
        List<UUID> locked = List.of();
        for (var ids = idsOf(tx, child); !locked.containsAll(ids); ids = idsOf(tx, child)) {
            KeyLocks.lock(tx, ids.stream().map(UUID::toString).toList());
            locked = ids; // others may have become one with it while this one waited
        }
    }

    /** Whose work goes along when an id moves: that of all ids with the child, that of an alias alone with the alias. */
    public List<UUID> movingWith(Connection tx, UUID id) {
        var ids = idsOf(tx, id);
        return ids.getLast().equals(id) ? ids : List.of(id);
    }

    /** Whose moves hold for the work of an id: its own, then the child's whose alias it is. Never those of another alias. */
    public List<UUID> leading(Connection tx, UUID id) {
        var child = idsOf(tx, id).getLast();
        return child.equals(id) ? List.of(id) : List.of(id, child);
    }
}
