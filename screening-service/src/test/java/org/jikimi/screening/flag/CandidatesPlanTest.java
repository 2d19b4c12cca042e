package org.jikimi.screening.flag;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jikimi.screening.World;
import org.jikimi.screening.bulk.Indexes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may have to be flagged is looked up child by child, whatever the planner believes of the others. */
class CandidatesPlanTest {
    private static final int ASKED = 5_000;
    private static final Pattern READ = Pattern.compile("rows=([0-9.]+) loops=([0-9]+)");
    private static final Pattern REMOVED = Pattern.compile("Rows Removed by .*: ([0-9]+)");

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
        var plan = world.transactions.run(CandidatesPlanTest::carriedOut);

        double loops = 0;
        for (var line : plan) {
            var read = READ.matcher(line);
            var removed = REMOVED.matcher(line);
            if (read.find()) {
                loops = Double.parseDouble(read.group(2));
                assertThat(loops * Double.parseDouble(read.group(1))).as(line).isLessThanOrEqualTo(ASKED);
            } else if (removed.find()) {
                assertThat(loops * Double.parseDouble(removed.group(1)))
                        .as(line)
                        .isLessThanOrEqualTo(ASKED);
            }
        }
        assertThat(loops).as("some step was counted").isPositive();
    }

    private static List<String> carriedOut(Connection tx) throws SQLException {
        Indexes.prefer(tx);
        var plan = new ArrayList<String>();
        try (var statement = tx.createStatement();
                var lines = statement.executeQuery("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, BUFFERS OFF) "
                        + FlagUrgently.CANDIDATES.replace("?", "'" + asked(tx) + "'"))) {
            while (lines.next()) {
                plan.add(lines.getString(1));
            }
        }
        return plan;
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
