package org.jikimi.screening.round;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import org.jikimi.screening.reference.Lawful;
import org.jikimi.screening.signal.ChildStates;

/** Copies all that a round judges into tables of its own, as one snapshot has it. */
final class FreezeInputs {
    private static final String KEPT_STATES = "SELECT child_id, mask, observed FROM child_state";
    private static final String CAPACITIES = "INSERT INTO round_capacity (round_id, dong_code, visits_per_round) "
            + "SELECT ?, dong_code, visits_per_round FROM dong_capacity";

    private FreezeInputs() {}

    /**
     * Freezes, in a transaction of isolation REPEATABLE READ. Today's states are kept ready; those of a day past are
     * folded anew.
     *
     * @return how many children
     */
    static int freeze(Connection tx, Round round, LocalDate today) throws SQLException {
        var states = round.asOf().equals(today) ? KEPT_STATES : ChildStates.foldAsOf(round.asOf());
        try (var capacities = tx.prepareStatement(CAPACITIES);
                var children = tx.prepareStatement(children(states))) {
            capacities.setObject(1, round.id());
            capacities.execute();
            children.setObject(1, round.id());
            return children.executeUpdate();
        }
    }

    /** Freezes what the law allows on the day of the opening, whatever day the round judges. */
    static void freezeLaw(Connection tx, Round round, Lawful lawful) throws SQLException {
        try (var update = tx.prepareStatement("UPDATE round SET lawful = ? WHERE id = ?")) {
            update.setLong(1, lawful.mask());
            update.setObject(2, round.id());
            update.executeUpdate();
        }
    }

    private static String children(String states) {
        return """
            INSERT INTO round_child (round_id, child_id, household_id, birth_date, family_type, district_code, dong_code,
                                     care, scheme, mask, observed, open_work, reports, refused)
            SELECT ?, c.id, c.household_id, c.birth_date, c.family_type, c.district_code, c.dong_code,
                   c.care, c.scheme, s.mask, s.observed,
                   EXISTS (SELECT 1 FROM open_work w WHERE w.child_id = c.id AND w.open)
                       OR EXISTS (SELECT 1 FROM flag f WHERE f.child_id = c.id AND f.state = 'FLAGGED'),
                   (SELECT count(*) FROM open_work w WHERE w.child_id = c.id AND w.kind = 'REPORT'),
                   EXISTS (SELECT 1 FROM visit_result v WHERE v.child_id = c.id AND v.outcome = 'REFUSED')
            FROM child c JOIN (%s) AS s ON s.child_id = c.id""".formatted(states);
    }
}
