package org.jikimi.referral.exclusion;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;

/**
 * Agencies that must never be offered a child, since somebody of theirs is accused in its matter. An exclusion stays:
 * it holds for everything that follows.
 */
@ApplicationScoped
public class Exclusions {
    /** Adds exclusions; what is there already stays. */
    public void add(Connection tx, UUID childId, Collection<UUID> agencyIds) {
        Sql.on(tx)
                .createUpdate("INSERT INTO exclusion (child_id, agency_id) "
                        + "SELECT :child, unnest(:agencies) ON CONFLICT DO NOTHING")
                .bind("child", childId)
                .bindArray("agencies", UUID.class, agencyIds.toArray())
                .execute();
    }

    /** The agencies excluded for any of these children, or of their aliases. */
    public Set<UUID> of(Connection tx, Collection<UUID> childIds) {
        return Sql.on(tx)
                .createQuery("SELECT DISTINCT agency_id FROM exclusion "
                        + "WHERE child_id IN (SELECT ids_of_child(child) FROM unnest(:children) AS child)")
                .bindArray("children", UUID.class, childIds.toArray())
                .mapTo(UUID.class)
                .set();
    }
}
