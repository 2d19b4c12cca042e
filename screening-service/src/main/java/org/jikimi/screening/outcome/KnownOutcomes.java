package org.jikimi.screening.outcome;

import java.sql.Connection;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;

/**
 * What became known of the children that a round judged: under the ids that survive, or, of whom the round froze an alias
 * alone, under that one. A newborn that was frozen by its temporary number and registered after is such a child.
 */
public final class KnownOutcomes {
    /** Abuse that is determined later than this after a round's day says nothing of its flags. */
    static final int HORIZON_DAYS = 365;

    /**
     * The first visit by which need can be told; by one that found the child moved, abroad or not at all it cannot. What is
     * found after the child was flagged anew tells of that flag, unless the visit answers both.
     */
    private static final String VISITED = """
            WITH flagged AS (
                SELECT surviving(child_id) AS child, coalesce(promoted_at, flagged_at) AS flagged_at,
                       greatest(coalesce(promoted_at, flagged_at), visited_at) AS answered_at
                FROM flag WHERE round_id = :round AND state <> 'BACKLOG'),
            anew AS (
                SELECT surviving(child_id) AS child, coalesce(promoted_at, flagged_at) AS flagged_at
                FROM flag WHERE round_id IS DISTINCT FROM :round AND state <> 'BACKLOG')
            SELECT DISTINCT ON (f.child) f.child, v.outcome <> 'SAFE'
            FROM flagged f JOIN visit_result v ON surviving(v.child_id) = f.child AND v.completed_at >= f.flagged_at
            WHERE v.outcome IN ('SAFE', 'WELFARE_NEED', 'SUSPECTED_ABUSE')
              AND (v.completed_at AT TIME ZONE 'Asia/Seoul')::date < CAST(:asOf AS date) + :days
              AND NOT EXISTS (SELECT FROM anew n WHERE n.child = f.child
                              AND n.flagged_at > f.answered_at AND n.flagged_at < v.completed_at)
            ORDER BY f.child, v.completed_at, v.visit_id""";

    private static final String ABUSED = """
            SELECT DISTINCT surviving(child_id) FROM abuse_finding
            WHERE determination = 'ABUSE' AND (determined_at AT TIME ZONE 'Asia/Seoul')::date >= :asOf
              AND (determined_at AT TIME ZONE 'Asia/Seoul')::date < CAST(:asOf AS date) + :days""";

    private static final String REPORTED = """
            SELECT DISTINCT surviving(child_id) FROM concern
            WHERE kind = 'REPORT' AND (happened_at AT TIME ZONE 'Asia/Seoul')::date >= :asOf
              AND (happened_at AT TIME ZONE 'Asia/Seoul')::date < CAST(:asOf AS date) + :days""";

    /** An anti join: NOT IN would read the round once more for each alias, as soon as it outgrows work_mem. */
    static final String FROZEN_AS_ALIAS = """
            SELECT DISTINCT ON (a.child_id) a.child_id, a.alias_id
            FROM round_child r JOIN child_alias a ON a.alias_id = r.child_id
            WHERE r.round_id = :round AND NOT EXISTS (
                SELECT FROM round_child s WHERE s.round_id = :round AND s.child_id = a.child_id)
            ORDER BY a.child_id, a.alias_id""";

    private KnownOutcomes() {}

    /**
     * By child; of a child of whom nothing is known there is no entry.
     *
     * @param asOf the day that the round judged
     */
    public static Map<UUID, KnownOutcome> of(Connection tx, UUID round, LocalDate asOf) {
        var known = new HashMap<UUID, KnownOutcome>();
        Sql.on(tx)
                .createQuery(VISITED)
                .bind("round", round)
                .bind("asOf", asOf)
                .bind("days", HORIZON_DAYS)
                .map((row, c) -> Map.entry(row.getObject(1, UUID.class), row.getBoolean(2)))
                .forEach(child -> known.put(child.getKey(), new KnownOutcome(true, child.getValue(), false, false)));
        merge(tx, ABUSED, asOf, new KnownOutcome(false, false, true, false), known);
        merge(tx, REPORTED, asOf, new KnownOutcome(false, false, false, true), known);
        Sql.on(tx)
                .createQuery(FROZEN_AS_ALIAS)
                .bind("round", round)
                .map((row, c) -> Map.entry(row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
                .forEach(frozen -> {
                    var outcome = known.remove(frozen.getKey());
                    if (outcome != null) {
                        known.put(frozen.getValue(), outcome);
                    }
                });
        return known;
    }

    private static void merge(
            Connection tx, String children, LocalDate asOf, KnownOutcome outcome, Map<UUID, KnownOutcome> known) {
        Sql.on(tx)
                .createQuery(children)
                .bind("asOf", asOf)
                .bind("days", HORIZON_DAYS)
                .map((row, c) -> row.getObject(1, UUID.class))
                .forEach(child -> known.merge(child, outcome, KnownOutcome::with));
    }
}
