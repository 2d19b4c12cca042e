package org.jikimi.screening.outcome;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jspecify.annotations.Nullable;

/**
 * Children whom a visit did not reach. Somebody seeks them, so the visit stays open work, until any visit has seen the child,
 * it is found dead, or the police have found it. Who is sought at the border stays sought. What is known of the ends is kept,
 * so that it does not matter whether the end or the visit is heard first.
 */
public final class Searches {
    private static final String END = """
            WITH ids AS (SELECT surviving(:child) AS id
                         UNION SELECT alias_id FROM child_alias WHERE child_id = surviving(:child))
            UPDATE open_work w SET open = false, changed_at = now()
            FROM visit_result r
            WHERE w.open AND w.kind = 'VISIT' AND w.child_id IN (SELECT id FROM ids)
              AND r.visit_id = w.ref AND r.child_id = w.child_id
              AND NOT r.seen AND r.outcome IN ('REFUSED', 'UNLOCATED', 'ABROAD')
              AND (EXISTS (SELECT 1 FROM visit_result f
                           WHERE f.child_id IN (SELECT id FROM ids)
                             AND (f.seen OR f.outcome = 'DECEASED') AND f.completed_at >= r.completed_at)
                   OR EXISTS (SELECT 1 FROM search_end e
                              WHERE e.child_id IN (SELECT id FROM ids)
                                AND (e.visit_id = w.ref OR e.upto >= r.completed_at)))""";

    private Searches() {}

    /** The police have found the child whom a visit did not; answers whether that was news. */
    static boolean located(Connection tx, UUID child, UUID check, UUID visit) throws SQLException {
        return note(tx, child, check, visit, null);
    }

    /** The child was found dead by a check of the police; answers whether that was news. */
    static boolean foundDead(Connection tx, UUID child, UUID check, Instant at) throws SQLException {
        return note(tx, child, check, null, at);
    }

    /** The register says that they have died; whoever finds otherwise after that is sought anew. Of an alias its child's line holds. */
    public static void registeredDead(Connection tx, Collection<UUID> children, Instant at) throws SQLException {
        if (children.isEmpty()) {
            return;
        }
        var dead = Sql.on(tx)
                .createQuery("SELECT id FROM unnest(:children) AS id "
                        + "WHERE NOT EXISTS (SELECT 1 FROM child_alias WHERE alias_id = id) ORDER BY id")
                .bindArray("children", UUID.class, children.toArray())
                .mapTo(UUID.class)
                .list();
        for (var child : dead) {
            note(tx, child, child, null, at);
        }
    }

    /** Ends what is over of the searches for a child and its aliases; answers whether any was. */
    static boolean end(Connection tx, UUID child) throws SQLException {
        return Sql.on(tx).createUpdate(END).bind("child", child).execute() > 0;
    }

    private static boolean note(Connection tx, UUID child, UUID cause, @Nullable UUID visit, @Nullable Instant upto)
            throws SQLException {
        int news = Sql.on(tx)
                .createUpdate("INSERT INTO search_end AS known (child_id, cause, visit_id, upto) "
                        + "VALUES (:child, :cause, CAST(:visit AS uuid), CAST(:upto AS timestamptz)) "
                        + "ON CONFLICT (child_id, cause) DO UPDATE SET upto = excluded.upto "
                        + "WHERE excluded.upto > known.upto")
                .bind("child", child)
                .bind("cause", cause)
                .bind("visit", visit)
                .bind("upto", upto)
                .execute();
        return end(tx, child) || news > 0;
    }
}
