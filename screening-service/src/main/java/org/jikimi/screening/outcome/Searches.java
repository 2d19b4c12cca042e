package org.jikimi.screening.outcome;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.db.Sql;
import org.jspecify.annotations.Nullable;

/**
 * Children whom a visit did not reach. Somebody seeks them, so the visit stays open work, until any visit has seen the child,
 * it is found dead, or the police have found it. Who is sought at the border stays sought. What is known of the ends is kept,
 * so that it does not matter whether the end or the visit is heard first; and whenever something of it changes, or which ids
 * are of one child, it is settled anew which searches are over.
 *
 * <p>A death in the register ends what began before the register said so; whoever finds otherwise after that is sought. Of an
 * alias its child's death holds, from the merge on.
 */
public final class Searches {
    /** Who says so is a check of the police, or a child's death: its cause is then the child. */
    private static final String SETTLE = """
            WITH ids AS (SELECT surviving(:child) AS id
                         UNION SELECT alias_id FROM child_alias WHERE child_id = surviving(:child)),
            search AS (
                SELECT w.child_id, w.ref,
                       EXISTS (SELECT 1 FROM visit_result f
                               WHERE f.child_id IN (SELECT id FROM ids)
                                 AND (f.seen OR f.outcome = 'DECEASED') AND f.completed_at >= r.completed_at)
                       OR EXISTS (SELECT 1 FROM search_end e
                                  WHERE e.child_id IN (SELECT id FROM ids)
                                    AND (e.visit_id = w.ref
                                         OR (e.upto >= r.completed_at AND coalesce(e.outcome, r.outcome) = r.outcome))
                                    AND CASE e.cause WHEN surviving(:child)
                                        THEN e.child_id IN (e.cause, w.child_id) ELSE e.cause <> e.child_id END) AS over
                FROM open_work w JOIN visit_result r ON r.visit_id = w.ref AND r.child_id = w.child_id
                WHERE w.kind = 'VISIT' AND w.child_id IN (SELECT id FROM ids)
                  AND NOT r.seen AND r.outcome IN ('REFUSED', 'UNLOCATED', 'ABROAD'))
            UPDATE open_work w SET open = NOT over, changed_at = now() FROM search s
            WHERE w.kind = 'VISIT' AND w.child_id = s.child_id AND w.ref = s.ref AND w.open = over""";

    private Searches() {}

    /** The police have found the child whom a visit did not; answers whether that was news. */
    static boolean located(Connection tx, UUID child, UUID check, long version, UUID visit, Instant at) {
        return note(tx, child, new End(check, version, visit, null, null, at));
    }

    /** The police have found that the child is abroad, where it is sought on; answers whether that was news. */
    static boolean foundAbroad(Connection tx, UUID child, UUID check, long version, Instant at) {
        return note(tx, child, new End(check, version, null, null, null, at));
    }

    /** The child was found dead by a check of the police; answers whether that was news. */
    static boolean foundDead(Connection tx, UUID child, UUID check, long version, Instant at) {
        return note(tx, child, new End(check, version, null, at, null, null));
    }

    /** The police look for the child, whatever they have said before; answers whether that was news. */
    static boolean sought(Connection tx, UUID child, UUID check, long version) {
        return version > 1 && note(tx, child, new End(check, version, null, null, null, null));
    }

    /** A supervisor closed the clock until the child is seen whom a visit found abroad; answers whether that was news. */
    static boolean borderCheckCancelled(Connection tx, UUID child, UUID clock, long version, UUID visit) {
        return note(tx, child, new End(clock, version, visit, null, null, null));
    }

    /** A supervisor closed the clock until the police go along to the child who was refused; answers whether that was news. */
    static boolean jointVisitCancelled(Connection tx, UUID child, UUID clock, long version, Instant at) {
        return note(tx, child, new End(clock, version, null, at, "REFUSED", null));
    }

    /**
     * Nobody else begins or ends a search for the children, none of them new, until the transaction ends; in one order with
     * those who hear of their visits.
     */
    public static void lock(Connection tx, Collection<UUID> children) throws SQLException {
        if (!children.isEmpty()) {
            KeyLocks.lock(
                    tx,
                    Sql.on(tx)
                            .createQuery("SELECT unnest(:children) UNION "
                                    + "SELECT alias_id FROM child_alias WHERE child_id = ANY (:children)")
                            .bindArray("children", UUID.class, children.toArray())
                            .mapTo(UUID.class)
                            .map(UUID::toString)
                            .list());
        }
    }

    /** Those of the children of whom it is kept that they have died. */
    public static List<UUID> dead(Connection tx, Collection<UUID> children) {
        return Sql.on(tx)
                .createQuery("SELECT cause FROM search_end WHERE child_id = cause AND child_id = ANY (:children)")
                .bindArray("children", UUID.class, children.toArray())
                .mapTo(UUID.class)
                .list();
    }

    /**
     * The register says that they have died; expects the lock.
     *
     * @param sought those for whom anybody works
     */
    public static void registeredDead(Connection tx, Collection<UUID> children, Collection<UUID> sought, Instant at) {
        if (children.isEmpty()) {
            return;
        }
        Sql.on(tx)
                .createUpdate("INSERT INTO search_end (child_id, cause, upto) "
                        + "SELECT id, id, :at FROM unnest(:children) AS id "
                        + "ON CONFLICT (child_id, cause) DO UPDATE SET upto = excluded.upto")
                .bindArray("children", UUID.class, children.toArray())
                .bind("at", at)
                .execute();
        children.stream().filter(sought::contains).forEach(child -> settle(tx, child));
    }

    /** The register says so no more: whoever sought them seeks them again. Expects the lock. */
    public static void registeredAlive(Connection tx, Collection<UUID> children) {
        for (var child : children) {
            Sql.on(tx)
                    .createUpdate("DELETE FROM search_end WHERE cause = :child AND (child_id = :child "
                            + "OR child_id IN (SELECT alias_id FROM child_alias WHERE child_id = :child))")
                    .bind("child", child)
                    .execute();
            settle(tx, child);
        }
    }

    /**
     * Two ids are of one child now: what is known of either ends what began under the other. A death ends nothing of an alias
     * while the newest that a visit or the police have found of the child since, under any other id, says otherwise. Expects the lock.
     */
    public static void merged(Connection tx, UUID child, UUID alias, boolean dead, Instant at) {
        if (dead) {
            Sql.on(tx)
                    .createUpdate("""
                            INSERT INTO search_end (child_id, cause, upto) SELECT :alias, :child, :at
                            WHERE coalesce((
                                SELECT f.outcome FROM search_end e JOIN (
                                    SELECT child_id, completed_at AS at, outcome FROM visit_result WHERE outcome <> 'MOVED'
                                    UNION ALL SELECT child_id, found_at, 'FOUND' FROM search_end WHERE found_at IS NOT NULL
                                    UNION ALL SELECT child_id, upto, 'DECEASED' FROM search_end
                                        WHERE cause <> child_id AND outcome IS NULL AND upto > '-infinity') f
                                    ON (f.child_id = e.child_id OR f.child_id IN (
                                        SELECT alias_id FROM child_alias WHERE child_id = :child AND alias_id <> :alias))
                                        AND f.at > e.upto
                                WHERE e.child_id = :child AND e.cause = :child
                                ORDER BY f.at DESC LIMIT 1), 'DECEASED') = 'DECEASED'
                            ON CONFLICT (child_id, cause) DO UPDATE SET upto = excluded.upto""")
                    .bind("alias", alias)
                    .bind("child", child)
                    .bind("at", at)
                    .execute();
        }
        settle(tx, child);
    }

    /** They are two children again, and each is sought of whom nothing else is known. Expects the lock. */
    public static void split(Connection tx, UUID child, UUID id) {
        Sql.on(tx)
                .createUpdate("DELETE FROM search_end WHERE child_id = :id AND cause = :child")
                .bind("id", id)
                .bind("child", child)
                .execute();
        Stream.of(child, id).forEach(one -> settle(tx, one));
    }

    /** Settles which of the searches for a child and its aliases are over; answers whether any is that was not, or the reverse. */
    static boolean settle(Connection tx, UUID child) {
        return Sql.on(tx).createUpdate(SETTLE).bind("child", child).execute() > 0;
    }

    /**
     * What ends searches.
     *
     * @param cause check or clock
     * @param version of the cause; the highest stands
     * @param visit whose search it ends; null for none
     * @param upto until when those began that it ends; null for none
     * @param outcome of the visits that began those; null for any
     * @param foundAt when the police found the child otherwise than dead; null if they did not
     */
    private record End(
            UUID cause,
            long version,
            @Nullable UUID visit,
            @Nullable Instant upto,
            @Nullable String outcome,
            @Nullable Instant foundAt) {}

    private static boolean note(Connection tx, UUID child, End end) {
        int news = Sql.on(tx)
                .createUpdate("INSERT INTO search_end AS known "
                        + "(child_id, cause, version, visit_id, upto, outcome, found_at) VALUES (:child, :cause, :version, CAST(:visit AS uuid), "
                        + "coalesce(CAST(:upto AS timestamptz), '-infinity'), CAST(:outcome AS text), "
                        + "CAST(:foundAt AS timestamptz)) ON CONFLICT (child_id, cause) DO UPDATE SET version = excluded.version, "
                        + "visit_id = excluded.visit_id, upto = excluded.upto, outcome = excluded.outcome, "
                        + "found_at = excluded.found_at "
                        + "WHERE excluded.version > known.version")
                .bind("child", child)
                .bind("cause", end.cause())
                .bind("version", end.version())
                .bind("visit", end.visit())
                .bind("upto", end.upto())
                .bind("outcome", end.outcome())
                .bind("foundAt", end.foundAt())
                .execute();
        return settle(tx, child) || news > 0;
    }
}
