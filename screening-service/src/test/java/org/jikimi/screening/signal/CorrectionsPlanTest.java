package org.jikimi.screening.signal;

import java.sql.SQLException;
import org.jikimi.screening.Plans;
import org.jikimi.screening.World;
import org.jikimi.screening.bulk.Indexes;
import org.junit.jupiter.api.Test;

/** A corrected signal is looked up by its id, whatever the planner believes its source to have sent. */
class CorrectionsPlanTest {
    private static final int CORRECTED = 3_000;
    private static final String SIGNALS = """
            INSERT INTO signal (source, signal_id, bit, child_id, observed_on)
            SELECT '%s', 'S' || n, 1, md5('c' || n)::uuid, '2026-09-01' FROM generate_series(1, 20000) AS n""";

    private final World world = new World();

    @Test
    void noStepReadsMoreRowsThanSignalsAreCorrected() throws SQLException {
        world.execute(SIGNALS.formatted("older"));
        world.execute("ANALYZE signal");
        world.execute(SIGNALS.formatted("newer"));
        var change = StoredSignals.CHANGE
                .replaceFirst("\\?", "'newer'")
                .replaceFirst("\\?", array("'S' || n"))
                .replaceFirst("\\?", array("1"))
                .replaceFirst("\\?", array("md5('d' || n)::uuid"))
                .replaceFirst("\\?", array("NULL::uuid"))
                .replaceFirst("\\?", array("DATE '2026-09-02'"))
                .replaceFirst("\\?", array("NULL::date"))
                .replaceFirst("\\?", array("NULL::bytea"))
                .replaceFirst("\\?", array("NULL::timestamptz"));

        var plan = world.transactions.run(tx -> {
            Indexes.prefer(tx);
            return Plans.carriedOut(tx, change);
        });

        Plans.assertNoStepReadsMoreThan(CORRECTED, plan);
    }

    private static String array(String of) {
        return "(SELECT array_agg(" + of + ") FROM generate_series(1, " + CORRECTED + ") AS n)";
    }
}
