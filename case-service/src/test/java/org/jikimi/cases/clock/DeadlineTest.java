package org.jikimi.cases.clock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jikimi.cases.TestDatabase;
import org.jikimi.cases.TestWorld;
import org.jikimi.cases.support.Ruling;
import org.jikimi.runtime.due.DueRunner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clocks that approach and run out, on a real database. */
class DeadlineTest {
    private static final UUID VISIT = TestWorld.id(1);

    private TestWorld world;
    private DueRunner runner;

    @BeforeEach
    void start() throws SQLException {
        world = new TestWorld();
        runner = new DueRunner(
                world.transactions,
                world.times,
                List.of(
                        new WarnOfClock(world.chronicle),
                        new BreachClock(world.chronicle),
                        new TellClosedClock(world.chronicle)));
        world.run(tx -> world.clocks.start(
                tx,
                new ClockStart(
                        ClockCode.REFUSED_VISIT_JOINT,
                        VISIT,
                        TestWorld.id(2),
                        "11350",
                        TestWorld.id(3),
                        world.times.now())));
    }

    @Test
    void theOwnerIsWarnedAndThenTheBreachIsTold() throws SQLException {
        passes(Duration.ofHours(53));
        var early = world.events("DeadlineApproaching");
        passes(Duration.ofHours(1));
        passes(Duration.ofHours(18));

        assertThat(early).isEmpty();
        assertThat(world.events("DeadlineApproaching", "ownerRole")).containsExactly("dong-officer");
        assertThat(world.events("DeadlineBreached", "state")).containsExactly("BREACHED");
        assertThat(world.events("DeadlineBreached", "version")).containsExactly("3");
    }

    @Test
    void aStoppedClockIsSilent() throws SQLException {
        world.run(tx -> {
            world.clocks.stop(tx, VISIT, world.times.now());
            return true;
        });

        passes(Duration.ofDays(9));

        assertThat(world.query("SELECT state FROM legal_clock")).containsExactly("STOPPED");
        assertThat(world.events("DeadlineBreached")).isEmpty();
    }

    @Test
    void whoeverWaitsForAClockHearsThatASupervisorClosedIt() throws SQLException {
        world.run(tx -> {
            var clocks = new Clocks();
            var clock = clocks.openOfSubject(tx, VISIT).getFirst();
            return new CancelClock(world.chronicle)
                    .cancel(tx, clock, CancelReason.CHILD_SEEN_BY_ANOTHER_AGENCY, world.times.now());
        });

        assertThat(world.events("DeadlineCancelled", "reason")).containsExactly("CHILD_SEEN_BY_ANOTHER_AGENCY");
        assertThat(world.events("DeadlineCancelled", "subjectId")).containsExactly(VISIT.toString());
        assertThat(world.events("DeadlineCancelled", "version")).containsExactly("2");
    }

    @Test
    void whatASupervisorClosedBeforeThatWasToldIsToldOnceAfterTheUpgrade() throws Exception {
        close(clock -> Objects.requireNonNull(
                ((Ruling.Allowed<LegalClock>) clock.cancelled(CancelReason.LIVES_ABROAD_FOR_GOOD, world.times.now()))
                        .value()));
        var closedAt = world.times.now();
        passes(Duration.ofDays(9));

        upgrade();
        upgrade();

        assertThat(world.events("DeadlineCancelled", "reason")).containsExactly("LIVES_ABROAD_FOR_GOOD");
        assertThat(world.events("DeadlineCancelled", "version")).containsExactly("2");
        assertThat(world.events("DeadlineCancelled", "cancelledAt")).containsExactly(closedAt.toString());
    }

    @Test
    void aClockThatOnlyStoppedIsNotTold() throws Exception {
        close(clock -> clock.stopped(world.times.now()));

        upgrade();

        assertThat(world.events("DeadlineCancelled")).isEmpty();
    }

    private void close(UnaryOperator<LegalClock> change) throws SQLException {
        world.run(tx -> {
            var clocks = new Clocks();
            clocks.update(tx, change.apply(clocks.openOfSubject(tx, VISIT).getFirst()));
            return true;
        });
    }

    private void upgrade() throws Exception {
        try (var sql = Objects.requireNonNull(
                DeadlineTest.class.getResourceAsStream("/db/migration/V1054__tell_closed_clocks.sql"))) {
            TestDatabase.execute(world.database, new String(sql.readAllBytes(), UTF_8));
        }
        passes(Duration.ofMinutes(1));
    }

    @Test
    void aBreachedClockIsStoppedLateAndStaysKnownAsBreached() throws SQLException {
        passes(Duration.ofDays(9));

        world.run(tx -> {
            world.clocks.stopOfChild(tx, TestWorld.id(2), world.times.now(), ClockCode.REFUSED_VISIT_JOINT);
            return true;
        });

        assertThat(world.query("SELECT state || ' ' || (breached_at < stopped_at OR breached_at = stopped_at) "
                        + "FROM legal_clock"))
                .containsExactly("STOPPED true");
        assertThat(world.events("DeadlineApproaching")).isEmpty();
    }

    private void passes(Duration time) throws SQLException {
        world.clock.passes(time);
        runner.runDue();
    }
}
