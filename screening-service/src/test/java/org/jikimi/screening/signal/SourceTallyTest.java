package org.jikimi.screening.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jikimi.screening.signal.SendSignals.send;
import static org.jikimi.screening.signal.SendSignals.signal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jikimi.runtime.due.DueRunner;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.World;
import org.jikimi.screening.batch.BatchKind;
import org.jikimi.screening.batch.Upload;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.screening.source.SourceTally;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is counted of each source while its lines come in. */
class SourceTallyTest {
    private static final String POWER = "power-utility";
    private static final String POWER_DAY = "power-utility 13 2026-10-01 ";
    private static final String WATER_DAY = "power-utility 14 2026-10-01 ";
    private World world;

    @BeforeEach
    void aChildOfAHousehold() throws Exception {
        world = new World();
        SendChildren.send(world, "children", SendChildren.child("A1", "H-1", "2015-05-01"));
    }

    @Test
    void eachIndicatorOfASourceIsCountedOnTheDayOfItsArrival() throws Exception {
        send(
                world,
                "health-insurance",
                "b1",
                signal("S1", "NO_MEDICAL_USE", "RRN", "A1", "2026-09-01")
                        + signal("S2", "MISSED_INFANT_CHECKUP", "RRN", "A1", "2026-09-02")
                        + signal("S2", "MISSED_INFANT_CHECKUP", "RRN", "A1", "2026-09-02")
                        + signal("S3", "HEALTH_INSURANCE_ARREARS", "HOUSEHOLD", "H-1", "2026-09-03")
                        + signal("S4", "HEALTH_INSURANCE_ARREARS", "HOUSEHOLD", "H-9", "2026-09-03"));
        send(world, POWER, "b1", signal("S1", "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-01"));

        assertThat(days())
                .containsExactly(
                        "health-insurance 0 2026-10-01 1+0+0",
                        "health-insurance 1 2026-10-01 1+1+0",
                        "health-insurance 16 2026-10-01 1+0+1",
                        POWER_DAY + "1+0+0");
        assertThat(codes()).containsExactly("16 unknown-subject 1");
    }

    @Test
    void aRejectedLineCountsForTheIndicatorThatItNamesAndElseForNone() throws Exception {
        send(
                world,
                POWER,
                "b1",
                signal("S1", "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-10-02")
                        + signal("S2", "POWER_CUTOFF", "HOUSEHOLD", "H-1", "yesterday")
                        + "{\"indicator\":\"POWER_CUTOFF\",\"signalId\":3}\n"
                        + signal("S4", "POWER_CUTOFF", "HOUSEHOLD", "H-9", "2026-09-01")
                        + signal("S5", "WATER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-01")
                        + signal("S6", "NO_SUCH", "HOUSEHOLD", "H-1", "2026-09-01")
                        + "nonsense\n"
                        + "x".repeat(70_000) + "\n");

        assertThat(days())
                .containsExactly("power-utility -1 2026-10-01 0+0+3", POWER_DAY + "0+0+4", WATER_DAY + "0+0+1");
        assertThat(codes())
                .containsExactly(
                        "-1 malformed-json 1",
                        "-1 too-long 1",
                        "-1 unknown-indicator 1",
                        "13 future-date 1",
                        "13 unknown-subject 1",
                        "13 wrong-type 2",
                        "14 wrong-source 1");
        assertThat(world.query("SELECT line || coalesce(' ' || indicator, '') FROM batch_rejection ORDER BY line"))
                .containsExactly(
                        "1 POWER_CUTOFF",
                        "2 POWER_CUTOFF",
                        "3 POWER_CUTOFF",
                        "4 POWER_CUTOFF",
                        "5 WATER_CUTOFF",
                        "6",
                        "7",
                        "8");
    }

    @Test
    void aBatchThatIsSentAgainChangesNothingAndItsLinesInAnotherAreDuplicates() throws Exception {
        var lines = signal("S1", "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-01") + "nonsense\n";
        send(world, POWER, "b1", lines);
        send(world, POWER, "b1", lines);
        assertThat(days()).containsExactly("power-utility -1 2026-10-01 0+0+1", POWER_DAY + "1+0+0");

        send(world, POWER, "b2", lines);

        assertThat(days()).containsExactly("power-utility -1 2026-10-01 0+0+2", POWER_DAY + "1+1+0");
        assertThat(codes()).containsExactly("-1 malformed-json 2");
    }

    @Test
    void aBatchThatBrokeOffAndGoesOnIsCountedOnce() throws Exception {
        var begun = many(0, 15_000);
        assertThatThrownBy(() -> send(world, POWER, "big", false, false, new BrokenStream(begun)))
                .isInstanceOf(IOException.class);
        assertThat(days()).containsExactly(POWER_DAY + "10000+0+0");

        send(world, POWER, "big", begun + many(15_000, 20_500) + "nonsense\n");

        assertThat(days()).containsExactly("power-utility -1 2026-10-01 0+0+1", POWER_DAY + "20500+0+0");
    }

    @Test
    void whatIsSettledLateHasArrivedWhenItWasSent() throws Exception {
        var lines = many(0, 20) + "nonsense\n" + signal("S99", "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-10-09");
        var upload = new Upload(world.source(POWER), POWER, "big", false, false, stream(lines));
        assertThatThrownBy(
                        () -> world.receive.receive(BatchKind.SIGNALS, new DiesBeforeItSettles(world, POWER), upload))
                .hasMessage("killed");
        assertThat(days()).isEmpty();

        var later = new Times(() -> world.times.now().plus(Duration.ofDays(5)));
        var leftovers = new SettleLeftovers(world.receive, world.keys, later, world.act, new DueWork());
        new DueRunner(world.transactions, later, List.of(leftovers)).runDue();

        assertThat(days()).containsExactly("power-utility -1 2026-10-01 0+0+1", POWER_DAY + "20+0+1");
        assertThat(codes()).containsExactly("-1 malformed-json 1", "13 future-date 1");
        assertThat(world.query("SELECT DISTINCT last_arrival_at = '2026-10-01T03:00:00Z' FROM source_day"))
                .containsExactly("t");
    }

    @Test
    void aDayEndsAtMidnightInSeoul() throws Exception {
        var tally = new SourceTally();
        tally.accepted(13);
        for (var arrival : List.of("2026-10-01T14:59:59Z", "2026-10-01T15:00:00Z")) {
            world.transactions.run(tx -> {
                tally.addTo(tx, POWER, Instant.parse(arrival));
                return arrival;
            });
        }

        assertThat(days()).containsExactly(POWER_DAY + "1+0+0", "power-utility 13 2026-10-02 1+0+0");
    }

    private List<String> days() throws SQLException {
        return world.query("SELECT concat_ws(' ', source, bit, day, concat_ws('+', accepted, duplicates, rejected)) "
                + "FROM source_day ORDER BY source, bit, day");
    }

    private List<String> codes() throws SQLException {
        return world.query("SELECT concat_ws(' ', bit, code, lines) FROM source_rejection ORDER BY bit, code");
    }

    private static String many(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> signal("S" + i, "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-01"))
                .collect(Collectors.joining());
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
