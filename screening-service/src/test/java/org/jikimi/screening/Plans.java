package org.jikimi.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a statement read of a table, step by step, as EXPLAIN ANALYZE tells it. */
public final class Plans {
    private static final Pattern READ = Pattern.compile("rows=([0-9.]+) loops=([0-9]+)");
    private static final Pattern REMOVED = Pattern.compile("Rows Removed by .*: ([0-9]+)");

    private Plans() {}

    /** Carries a statement out, without parameters. */
    public static List<String> carriedOut(Connection tx, String sql) throws SQLException {
        var plan = new ArrayList<String>();
        try (var statement = tx.createStatement();
                var lines = statement.executeQuery("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, BUFFERS OFF) " + sql)) {
            while (lines.next()) {
                plan.add(lines.getString(1));
            }
        }
        return plan;
    }

    /**
     * Fails where a step read, or passed over, more rows than that in all of its loops; and as many again, which a test before
     * this one may have left dead in the indexes of the same database.
     */
    public static void assertNoStepReadsMoreThan(int asked, List<String> plan) {
        int most = 2 * asked;
        double loops = 0;
        for (var line : plan) {
            var read = READ.matcher(line);
            var removed = REMOVED.matcher(line);
            if (read.find()) {
                loops = Double.parseDouble(read.group(2));
                assertThat(loops * Double.parseDouble(read.group(1))).as(line).isLessThanOrEqualTo(most);
            } else if (removed.find()) {
                assertThat(loops * Double.parseDouble(removed.group(1)))
                        .as(line)
                        .isLessThanOrEqualTo(most);
            }
        }
        assertThat(loops).as("some step was counted").isPositive();
    }
}
