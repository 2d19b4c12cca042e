package org.jikimi.screening.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jikimi.screening.registry.SendChildren.child;
import static org.jikimi.screening.signal.SendSignals.signal;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jikimi.runtime.due.DueRunner;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.World;
import org.jikimi.screening.batch.Batch;
import org.jikimi.screening.batch.BatchKind;
import org.jikimi.screening.batch.LineKind.Line;
import org.jikimi.screening.batch.Receipt;
import org.jikimi.screening.batch.Reception;
import org.jikimi.screening.batch.Upload;
import org.jikimi.screening.reference.Indicators;
import org.jikimi.screening.reference.Lawful;
import org.jikimi.screening.registry.Identifiers;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.screening.source.SourceTally;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The newest word of a signal stands, and the same word again changes nothing, whatever has happened meanwhile. */
class NewestWordTest {
    private static final String POWER = "power-utility";
    private static final String OF_X = signal("S1", "POWER_CUTOFF", "RRN", "X", "2026-09-01");

    private World world;

    @BeforeEach
    void twoChildrenOfOneHouseholdAndOneOfAnother() throws Exception {
        world = new World();
        SendChildren.send(
                world,
                "1",
                child("X", "H-1", "2014-05-01") + child("Y", "H-1", "2015-05-01") + child("Z", "H-2", "2016-05-01"));
    }

    @Test
    void aWordAboutTheHouseholdOfAChildIsOfTheSameHouseholdOnceTheChildHasMoved() throws Exception {
        send("1", OF_X);
        SendChildren.send(world, "2", child("X", "H-2", "2014-05-01"));
        assertThat(cutOff()).containsExactly("2015-05-01");

        var again = send("2", OF_X);

        assertThat(again.duplicates()).isOne();
        assertThat(cutOff()).containsExactly("2015-05-01");
        send("3", signal("S1", "POWER_CUTOFF", "RRN", "X", "2026-09-01", "2026-09-20"));
        assertThat(cutOff()).isEmpty();
    }

    @Test
    void aWordAboutAnotherChildIsOfThatOnesHousehold() throws Exception {
        send("1", OF_X);

        var corrected = send("2", signal("S1", "POWER_CUTOFF", "RRN", "Z", "2026-09-01"));

        assertThat(corrected.accepted()).isOne();
        assertThat(cutOff()).containsExactly("2016-05-01");
    }

    @Test
    void aWordThatIsSettledLaterDoesNotTakeThePlaceOfANewerOne() throws Exception {
        lands(OF_X + signal("S2", "POWER_CUTOFF", "RRN", "Z", "2026-09-01"));

        clearedAfter(Duration.ofMinutes(5));
        settles();

        assertThat(cutOff()).containsExactly("2016-05-01");
        assertThat(world.query("SELECT accepted || ' ' || duplicates || ' ' || rejected FROM batch_chunk"))
                .as("of Z and of X")
                .contains("1 1 0");
    }

    @Test
    void aNewerWordThatSaysWhatIsKnownStandsAgainstOneThatIsSettledLaterToo() throws Exception {
        send("1", OF_X);
        lands(signal("S1", "POWER_CUTOFF", "RRN", "X", "2026-09-01", "2026-09-20"));

        saidAfter(Duration.ofMinutes(5), null);
        settles();

        assertThat(cutOff()).containsExactly("2014-05-01", "2015-05-01");
    }

    @Test
    void ofWhomAWordWasToldIsKeptOnceItIsToldThoughNothingElseIsNew() throws Exception {
        send("1", signal("S1", "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-01"));
        assertThat(send("2", OF_X).duplicates()).isOne();
        SendChildren.send(world, "2", child("X", "H-2", "2014-05-01"));

        assertThat(send("3", OF_X).duplicates()).isOne();

        assertThat(cutOff()).containsExactly("2015-05-01");
    }

    @Test
    void aWordThatComesAtOnceIsTheNewestThoughItsReplicasClockIsBehind() throws Exception {
        send("1", OF_X);

        clearedAfter(Duration.ofSeconds(-20));

        assertThat(cutOff()).isEmpty();
    }

    /** By a service that dies before it settles them. */
    private void lands(String lines) throws SQLException {
        var body = new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8));
        var upload = new Upload(world.source(POWER), POWER, "slow", false, false, body);
        assertThatThrownBy(
                        () -> world.receive.receive(BatchKind.SIGNALS, new DiesBeforeItSettles(world, POWER), upload))
                .hasMessage("killed");
    }

    private void settles() throws SQLException {
        var later = new Times(() -> world.times.now().plus(Duration.ofMinutes(11)));
        var leftovers = new SettleLeftovers(world.receive, world.keys, later, world.act, new DueWork());
        new DueRunner(world.transactions, later, List.of(leftovers)).runDue();
    }

    private void clearedAfter(Duration since) throws SQLException {
        saidAfter(since, LocalDate.of(2026, 9, 20));
    }

    private void saidAfter(Duration since, @Nullable LocalDate clearedOn) throws SQLException {
        var lines = new SignalLines(POWER, World.TODAY, Lawful.ALL, world.keys, world.act);
        var batch = Batch.now(
                EventIds.next(), BatchKind.SIGNALS, POWER, world.times.now().plus(since));
        var line = new SignalLine(
                "S1",
                Indicators.of("POWER_CUTOFF").orElseThrow(),
                Identifiers.mac(world.keys, "RRN", "X"),
                LocalDate.of(2026, 9, 1),
                clearedOn);
        world.transactions.run(tx -> lines.loadNow(tx, batch, List.of(new Line<>(1, line)), new SourceTally()));
    }

    private Receipt send(String key, String lines) throws Exception {
        return ((Reception.Received) SendSignals.send(world, POWER, key, lines)).receipt();
    }

    private List<String> cutOff() throws SQLException {
        return world.query("SELECT birth_date FROM child_state s JOIN child c ON c.id = s.child_id WHERE mask <> 0 "
                + "ORDER BY birth_date");
    }
}
