package org.jikimi.screening.flag;

import java.sql.Connection;
import java.sql.SQLException;
import org.jikimi.screening.Plans;
import org.jikimi.screening.World;
import org.jikimi.screening.bulk.Indexes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may have to be flagged is looked up child by child, whatever the planner believes of the others. */
class CandidatesPlanTest {
    private static final int ASKED = 5_000;

    private final World world = new World();

    @BeforeEach
    void aCityOfWhichNothingWasSignalledWhenItWasAnalyzedAndForWhichManyWork() throws SQLException {
        world.execute("""
                INSERT INTO child (id, household_id, birth_date, sex, family_type, district_code, dong_code, care, scheme)
                SELECT md5('c' || n)::uuid, md5('h' || n)::uuid, '2015-05-01', 'F', 'TWO_PARENT', '11350', '1135056000', 'SCHOOL',
                    'RRN'
                FROM generate_series(1, 20000) AS n""");
        world.execute("INSERT INTO child_state (child_id) SELECT id FROM child");
        world.execute("ANALYZE child, child_state");
        world.execute("INSERT INTO open_work (child_id, kind, ref, version, open) "
                + "SELECT md5('c' || n)::uuid, 'VISIT', md5('v' || n)::uuid, 1, true FROM generate_series(1, %d) AS n"
                        .formatted(ASKED));
        world.execute("UPDATE child_state SET mask = 1, observed = '{1}'");
    }

    @Test
    void noStepReadsMoreRowsThanChildrenAreAskedFor() throws SQLException {
        var plan = world.transactions.run(tx -> {
            Indexes.prefer(tx);
            return Plans.carriedOut(tx, FlagUrgently.CANDIDATES.replace("?", "'" + asked(tx) + "'"));
        });

        Plans.assertNoStepReadsMoreThan(ASKED, plan);
    }

    private static String asked(Connection tx) throws SQLException {
        try (var statement = tx.createStatement();
                var ids = statement.executeQuery(
                        "SELECT array_agg(md5('c' || n)::uuid) FROM generate_series(1, %d) AS n".formatted(ASKED))) {
            ids.next();
            return ids.getString(1);
        }
    }
}
