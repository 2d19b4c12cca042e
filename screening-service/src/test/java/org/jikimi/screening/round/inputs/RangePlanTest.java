package org.jikimi.screening.round.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.UUID;
import org.jikimi.screening.World;
import org.junit.jupiter.api.Test;

/** A round is not read from end to end for each of its ranges. */
class RangePlanTest {
    private final World world = new World();

    @Test
    void aRangeIsReadByItsPagesHoweverFewChildrenThePlannerExpectsInTheRound() throws SQLException {
        world.execute("""
                INSERT INTO round_child (round_id, child_id, household_id, family_type, district_code, dong_code, care, mask,
                    observed, open_work, reports, refused)
                SELECT md5((n / 100)::text)::uuid, md5('c' || n)::uuid, md5('h' || n)::uuid, '', '', '', '', 1, '{}', false, 0, false
                FROM generate_series(1, 30000) AS n""");
        world.execute("ANALYZE round_child"); // before the children of the next round were frozen

        for (var query : RoundInputs.queries(UUID.randomUUID(), new RoundRanges.Range(0, 0, 300))) {
            assertThat(world.query("EXPLAIN (COSTS OFF) " + query))
                    .anyMatch(line -> line.contains("Tid Range Scan on round_child"))
                    .noneMatch(line -> line.contains("Index"));
        }
    }
}
