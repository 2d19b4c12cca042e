package org.jikimi.screening.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jikimi.screening.Plans;
import org.jikimi.screening.World;
import org.jikimi.screening.batch.Batch;
import org.jikimi.screening.batch.BatchKind;
import org.jikimi.screening.bulk.Indexes;
import org.jikimi.screening.reference.Indicator;
import org.jikimi.screening.reference.Indicators;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The subjects of landed lines are looked up where they can be, and by nobody else. */
class SubjectsPlanTest {
    private static final int OF_CHILDREN = 9_000;
    private static final int OF_HOUSEHOLDS = 1_000;
    private static final Pattern SEARCHES = Pattern.compile("Index Searches: ([0-9]+)");

    private final World world = new World();
    private final Batch batch = Batch.now(
            UUID.fromString("0199a000-0000-7000-8000-000000000001"), BatchKind.SIGNALS, "school", world.times.now());

    @BeforeEach
    void linesThatHaveLanded() throws SQLException {
        land(0, OF_CHILDREN, bit(false));
        land(OF_CHILDREN, OF_HOUSEHOLDS, bit(true));
        world.execute("ANALYZE signal_raw");
    }

    @Test
    void onlyLinesOfHouseholdIndicatorsAskForAHousehold() throws SQLException {
        assertThat(searches("household_mac_key", plan(""))).isEqualTo(OF_HOUSEHOLDS);
    }

    @Test
    void noOtherProcessIsStartedForThem() throws SQLException {
        var plan = plan("SET LOCAL parallel_setup_cost = 0; SET LOCAL parallel_tuple_cost = 0; "
                + "SET LOCAL min_parallel_table_scan_size = 0; SET LOCAL min_parallel_index_scan_size = 0");

        assertThat(plan).noneMatch(line -> line.contains("Workers"));
    }

    private List<String> plan(String settings) throws SQLException {
        return world.transactions.run(tx -> {
            try (var statement = tx.createStatement()) {
                statement.execute(settings);
            }
            Indexes.prefer(tx);
            return Plans.carriedOut(tx, RawSignals.subjects(batch, 0, OF_CHILDREN + OF_HOUSEHOLDS - 1));
        });
    }

    private static int searches(String index, List<String> plan) {
        int scan = 0;
        while (!plan.get(scan).contains(index)) {
            scan++;
        }
        for (var line : plan.subList(scan, plan.size())) {
            var searches = SEARCHES.matcher(line);
            if (searches.find()) {
                return Integer.parseInt(searches.group(1));
            }
        }
        throw new AssertionError("no searches of " + index);
    }

    private static int bit(boolean ofHousehold) {
        return Indicators.all().stream()
                .filter(indicator -> indicator.ofHousehold() == ofHousehold)
                .findFirst()
                .map(Indicator::bit)
                .orElseThrow();
    }

    private void land(int first, int lines, int bit) throws SQLException {
        world.execute("""
                INSERT INTO signal_raw (batch_id, line, source, signal_id, bit, subject, observed_on)
                SELECT '%s', n, '%s', 'S' || n, %d, decode(md5('a' || n) || md5('b' || n), 'hex'), '2026-09-01'
                FROM generate_series(%d, %d) AS n""".formatted(batch.id(), batch.source(), bit, first, first + lines - 1));
    }
}
