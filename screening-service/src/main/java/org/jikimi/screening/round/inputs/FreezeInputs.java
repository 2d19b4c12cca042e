package org.jikimi.screening.round.inputs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import org.jikimi.screening.reference.Lawful;
import org.jikimi.screening.round.model.Round;
import org.jikimi.screening.signal.ChildStates;
import org.jspecify.annotations.Nullable;

/** Copies all that a round judges into tables of its own, as one snapshot has it. */
public final class FreezeInputs {
    private static final String KEPT_STATES = "SELECT child_id, mask, observed FROM child_state";
    private static final String CAPACITIES = "INSERT INTO round_capacity (round_id, dong_code, visits_per_round) "
            + "SELECT ?, dong_code, visits_per_round FROM dong_capacity";

    private FreezeInputs() {}

    /**
     * Freezes, in a transaction of isolation REPEATABLE READ.
     *
     * @return how many children
     */
    public static int freeze(Connection tx, Round round, LocalDate today) throws SQLException {
        var states = states(round.plan().asOf(), today);
        try (var capacities = tx.prepareStatement(CAPACITIES);
                var children = tx.prepareStatement(children(round, states))) {
            capacities.setObject(1, round.id());
            capacities.execute();
            return children.executeUpdate();
        }
    }

    /** Freezes what the law allows on the day of the opening, whatever day the round judges. */
    public static void freezeLaw(Connection tx, Round round, Lawful lawful) throws SQLException {
        try (var update = tx.prepareStatement("UPDATE round SET lawful = ? WHERE id = ?")) {
            update.setLong(1, lawful.mask());
            update.setObject(2, round.id());
            update.executeUpdate();
        }
    }

    /** Freezes the version that scores beside the round's own; null for none. */
    public static void freezeShadow(Connection tx, Round round, @Nullable String version) throws SQLException {
        try (var update = tx.prepareStatement("UPDATE round SET shadow_version = ? WHERE id = ?")) {
            update.setString(1, version);
            update.setObject(2, round.id());
            update.executeUpdate();
        }
    }

    private static String children(Round round, String states) {
        return """
            INSERT INTO round_child (round_id, child_id, household_id, birth_date, family_type, district_code, dong_code,
                                     care, scheme, mask, observed, link_kind, link_ref, reports, refused, open_work)
            SELECT '%s', i.*, i.link_kind IS NOT NULL FROM (%s) AS i""".formatted(round.id(), inputs(round.plan().asOf(), states));
    }

    /** What a round of that day would freeze of each child now, as a query. */
    public static String inputs(LocalDate asOf, LocalDate today) {
        return inputs(asOf, states(asOf, today));
    }

    /** Today's states are kept ready, and those of a day to come are today's; those of a day past are folded anew. */
    private static String states(LocalDate asOf, LocalDate today) {
        return asOf.isBefore(today) ? ChildStates.foldAsOf(asOf) : KEPT_STATES;
    }

    private static String inputs(LocalDate asOf, String states) {
        return """
            SELECT c.id AS child_id, c.household_id, c.birth_date, c.family_type, c.district_code, c.dong_code,
                   c.care, c.scheme, s.mask, s.observed, w.kind AS link_kind, w.ref AS link_ref,
                   coalesce(n.reports, 0)::int AS reports, coalesce(n.refused, false) AS refused
            FROM child c JOIN (%1$s) AS s ON s.child_id = c.id
            LEFT JOIN (
                SELECT DISTINCT ON (child_id) child_id, kind, ref FROM (
                    SELECT surviving(child_id) AS child_id, kind, ref FROM open_work WHERE open
                    UNION ALL
                    SELECT surviving(child_id), 'FLAG', id FROM flag WHERE state = 'FLAGGED') AS work
                ORDER BY child_id, array_position(ARRAY['CASE', 'REPORT', 'VISIT', 'FLAG'], kind), ref
            ) AS w ON w.child_id = c.id
            LEFT JOIN (
                SELECT surviving(child_id) AS child_id, count(*) FILTER (WHERE kind = 'REPORT') AS reports, bool_or(kind <> 'REPORT') AS refused
                FROM concern
                WHERE (happened_at AT TIME ZONE 'Asia/Seoul')::date > DATE '%2$s' - interval '1 year'
                  AND (happened_at AT TIME ZONE 'Asia/Seoul')::date <= DATE '%2$s'
                GROUP BY 1
            ) AS n ON n.child_id = c.id
            WHERE (c.status = 'RESIDENT' OR c.status_on > DATE '%2$s')
              AND NOT EXISTS (SELECT 1 FROM child_alias a WHERE a.alias_id = c.id)""".formatted(states, asOf);
    }
}
