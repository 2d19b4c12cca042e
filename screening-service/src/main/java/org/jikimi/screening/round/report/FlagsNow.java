package org.jikimi.screening.round.report;

import java.util.UUID;

/**
 * The flags of a round with what is known of their children by now. An event of a visit names one flag or none, though its
 * child may have several, be a sibling whom nobody flagged, or be known by another id.
 */
final class FlagsNow {
    /** The ids of the child of the flag {@code f}, for an index to be asked. */
    private static final String IDS = """
            ANY (ARRAY(SELECT coalesce(a.child_id, f.child_id)
                       UNION ALL SELECT o.alias_id FROM child_alias o WHERE o.child_id = coalesce(a.child_id, f.child_id)))""";

    /** Somebody has seen the child, in the visit of the flag or since. */
    private static final String SEEN = """
            (f.seen OR (f.visited_at IS NOT NULL AND EXISTS (
                SELECT 1 FROM visit_result r WHERE r.child_id = %s AND r.seen AND r.completed_at >= f.visited_at)))""".formatted(IDS);

    /** The police have found the child, here or abroad, after the visit of the flag did not, and no visit has missed it since. */
    private static final String LOCATED = """
            (f.visited_at IS NOT NULL AND EXISTS (
                SELECT 1 FROM search_end e
                WHERE e.child_id = %1$s AND e.found_at >= f.visited_at
                  AND NOT EXISTS (SELECT 1 FROM visit_result r WHERE r.child_id = %1$s
                                  AND r.outcome = 'UNLOCATED' AND r.completed_at > e.found_at)))""".formatted(IDS);

    /**
     * Nobody was to go any more, and now somebody is, by the last day {@code again.due_on}: the register had called the child dead
     * or abroad by mistake, or the police have found it. A visit that its siblings are planned is of it as well, though it be
     * dead.
     */
    private static final String AGAIN = """
            (SELECT true AS planned, min(CASE WHEN since.located THEN w.due_on ELSE coalesce(w.due_on, f.due_on) END) AS due_on
             FROM child k JOIN open_work w ON w.child_id = %s
             WHERE (f.state = 'CLOSED' OR since.located) AND k.id = coalesce(a.child_id, f.child_id) AND k.status = 'RESIDENT'
               AND w.open AND w.kind = 'VISIT'
               AND NOT EXISTS (SELECT 1 FROM visit_result r WHERE r.visit_id = w.ref AND r.child_id = w.child_id)
             HAVING count(*) > 0) AS again""".formatted(IDS);

    /**
     * A later visit, the police or the register say that the child is dead, whom the flag's visit did not find; of an alias holds
     * what the register says of the child that survives.
     */
    private static final String DIED_SINCE = """
            (NOT f.seen AND f.visited_at IS NOT NULL AND (
                EXISTS (SELECT 1 FROM visit_result r
                        WHERE r.child_id = %1$s AND r.outcome = 'DECEASED' AND r.completed_at >= f.visited_at)
                OR EXISTS (SELECT 1 FROM search_end e
                           WHERE e.child_id = %1$s AND e.visit_id IS NULL AND e.outcome IS NULL
                             AND e.upto > '-infinity' AND e.upto >= f.visited_at
                             AND CASE e.cause WHEN coalesce(a.child_id, f.child_id)
                                 THEN e.child_id IN (e.cause, f.child_id) ELSE e.cause <> e.child_id END)))""".formatted(IDS);

    /** Kept apart from the query around it, and what it uses itself from it, so that each is asked once of a flag. */
    private static final String NOW = """
            (SELECT f.*, coalesce(a.child_id, f.child_id) AS surviving_id, since.seen AS seen_now,
                    CASE WHEN again.planned IS NULL OR since.located THEN f.outcome END AS outcome_now,
                    since.located AS located_since,
                    CASE WHEN f.visited_at IS NULL THEN f.state = 'FLAGGED' OR again.planned IS NOT NULL
                         ELSE since.located AND NOT since.seen AND again.planned IS NOT NULL END AS awaited,
                    CASE WHEN again.planned IS NULL THEN f.due_on ELSE again.due_on END AS awaited_by,
                    %4$s AS died_since
             FROM flag f LEFT JOIN child_alias a ON a.alias_id = f.child_id
                  CROSS JOIN LATERAL (SELECT %1$s AS seen, %2$s AS located OFFSET 0) AS since
                  LEFT JOIN LATERAL %3$s ON true
             WHERE f.round_id = '%%s' OFFSET 0) AS f""".formatted(SEEN, LOCATED, AGAIN, DIED_SINCE);

    private FlagsNow() {}

    /**
     * An item for FROM, named {@code f}: the columns of the flags; whether anybody has seen the child ({@code seen_now}); the
     * outcome ({@code outcome_now}), null where a visit is planned anew because the register was wrong; whether the police have
     * found the child since ({@code located_since}); whether a visit is to be made ({@code awaited}), and its last day
     * ({@code awaited_by}).
     */
    static String of(UUID round) {
        return NOW.formatted(round);
    }

    /** Whether whoever is flagged is neither seen nor dead, so that visits or searches go on. */
    static final String HANDED_ON = """
            f.state <> 'BACKLOG' AND NOT f.seen_now AND f.outcome_now IS DISTINCT FROM 'DECEASED' AND NOT f.died_since""";
}
