package org.jikimi.runtime.due;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jikimi.runtime.TestDatabase;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.Tracing;
import org.jikimi.runtime.time.Times;
import org.jikimi.testkit.Spans;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DueRunnerTest {
    private static final Instant NOON = Instant.parse("2026-11-19T03:00:00Z");

    private final DueWork work = new DueWork();
    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final Times times = new Times(now::get);
    private DataSource database;
    private Transactions transactions;

    @BeforeEach
    void aDatabase() throws SQLException {
        database = TestDatabase.create();
        transactions = Transactions.of(database);
    }

    @Test
    void whatIsDueIsDoneInTheOrderItFellDue() throws SQLException {
        plan("bell", "second", NOON.minusSeconds(1));
        plan("bell", "first", NOON.minusSeconds(2));
        plan("bell", "tomorrow", NOON.plus(Duration.ofDays(1)));
        var bell = new Bell();

        assertEquals(2, runner(bell).runDue());

        assertEquals(List.of("first", "second"), bell.rung());
        assertEquals(List.of("tomorrow"), planned());
    }

    @Test
    void onePieceIsTakenAtATimeHoweverTheDatabasePlansIt() throws SQLException {
        plan("bell", "piece 1", NOON.minusSeconds(9));
        TestDatabase.execute(database, "ANALYZE due_work"); // it now believes that there is never more than one
        for (int piece = 2; piece <= 9; piece++) {
            plan("bell", "piece " + piece, NOON.minusSeconds(10 - piece));
        }
        var bell = new Bell();

        assertEquals(9, runner(bell).runDue());

        assertEquals("piece 1", bell.rung().getFirst());
        assertEquals("piece 9", bell.rung().getLast());
    }

    @Test
    void aClosedRunnerFinishesThePieceInHandAndLeavesTheRest() throws SQLException {
        plan("bell", "in hand", NOON.minusSeconds(2));
        plan("bell", "left", NOON.minusSeconds(1));
        var closing = new CompletableFuture<DueRunner>();
        var runner = runner(new DueHandler() {
            @Override
            public String kind() {
                return "bell";
            }

            @Override
            public void handle(Connection tx, String subject, Instant dueAt, Instant at) {
                closing.join().close();
            }
        });
        closing.complete(runner);

        assertEquals(1, runner.runDue());

        assertEquals(List.of("left"), planned());
    }

    @Test
    void whatFailsIsTriedLaterAndHoldsUpNothingElse() throws SQLException {
        plan("bell", "broken", NOON.minusSeconds(2));
        plan("bell", "whole", NOON.minusSeconds(1));
        var bell = new Bell();
        bell.broken = "broken";
        var runner = runner(bell);

        assertEquals(1, runner.runDue());
        assertEquals(0, runner.runDue());

        bell.broken = "nothing";
        now.set(NOON.plusSeconds(2));
        assertEquals(1, runner.runDue());
        assertEquals(List.of("whole", "broken"), bell.rung());
        assertEquals(List.of(), planned());
    }

    @Test
    void aPieceThatAlwaysMeetsFailingInfrastructureHoldsUpNothingElse() throws SQLException {
        plan("stuck", "always", NOON.minusSeconds(2));
        plan("bell", "whole", NOON.minusSeconds(1));
        var bell = new Bell();
        var stuck = new DueHandler() {
            @Override
            public String kind() {
                return "stuck";
            }

            @Override
            public void handle(Connection tx, String subject, Instant dueAt, Instant at) throws SQLException {
                throw new SQLException("canceling statement due to statement timeout", "57014");
            }
        };

        assertEquals(1, new DueRunner(transactions, times, List.of(bell, stuck)).runDue());

        assertEquals(List.of("whole"), bell.rung());
        assertEquals(List.of("always"), planned());
    }

    @Test
    void aFailureUndoesWhatItsHandlerChanged() throws SQLException {
        plan("bell", "broken", NOON);
        var handler = new DueHandler() {
            @Override
            public String kind() {
                return "bell";
            }

            @Override
            public void handle(Connection tx, String subject, Instant dueAt, Instant at) throws SQLException {
                work.plan(tx, "trace", subject, at);
                throw new IllegalStateException("after a change");
            }
        };

        runner(handler).runDue();

        assertEquals(List.of("broken"), planned());
    }

    @Test
    void aHandlerMayPlanTheSameAgain() throws SQLException {
        plan("bell", "daily", NOON);
        var bell = new Bell();
        bell.again = Duration.ofDays(1);
        var runner = runner(bell);

        assertEquals(1, runner.runDue());
        now.set(NOON.plus(Duration.ofDays(1)));
        assertEquals(1, runner.runDue());
    }

    @Test
    void workOfAKindThatNobodyHandlesHereIsLeftForOthers() throws SQLException {
        plan("whistle", "x", NOON);

        assertEquals(0, runner(new Bell()).runDue());

        assertEquals(List.of("x"), planned());
    }

    @Test
    void manyRunnersDoEachPieceOnce() throws Exception {
        for (int n = 0; n < 200; n++) {
            plan("bell", "n" + n, NOON);
        }
        var bell = new Bell();
        try (var replicas = Executors.newFixedThreadPool(4)) {
            var results = new ArrayList<java.util.concurrent.Future<Integer>>();
            for (int n = 0; n < 4; n++) {
                results.add(replicas.submit(() -> runner(bell).runDue()));
            }
            int done = 0;
            for (var result : results) {
                done += result.get();
            }
            assertEquals(200, done);
        }
        assertEquals(200, bell.rung().stream().distinct().count());
        assertEquals(200, bell.rung().size());
    }

    @Test
    void workIsATraceOfItsOwnLinkedToWhatPlannedItHoweverLongAgo() throws SQLException {
        var spans = new Spans();
        var tracing = new Tracing(spans.telemetry());
        tracing.due("planner", null, () -> {
            plan("bell", "later", NOON);
            return 1;
        });
        var bell = new Bell();
        bell.again = Duration.ofDays(30);

        new DueRunner(transactions, times, List.of(bell), tracing).runDue();
        now.set(NOON.plus(Duration.ofDays(30)));
        new DueRunner(transactions, times, List.of(bell), tracing).runDue();

        var planner = spans.named("due planner").getFirst();
        var first = spans.named("due bell").getFirst();
        var second = spans.named("due bell").getLast();
        assertEquals(
                List.of(planner.getSpanId()),
                first.getLinks().stream()
                        .map(link -> link.getSpanContext().getSpanId())
                        .toList());
        assertEquals(
                List.of(first.getSpanId()),
                second.getLinks().stream()
                        .map(link -> link.getSpanContext().getSpanId())
                        .toList());
        assertEquals(
                3, spans.ended().stream().map(SpanData::getTraceId).distinct().count());
    }

    @Test
    void twoHandlersOfOneKindAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new DueRunner(transactions, times, List.of(new Bell(), new Bell())));
    }

    private DueRunner runner(DueHandler handler) {
        return new DueRunner(transactions, times, List.of(handler));
    }

    private void plan(String kind, String subject, Instant dueAt) throws SQLException {
        transactions.run(tx -> {
            work.plan(tx, kind, subject, dueAt);
            return subject;
        });
    }

    private List<String> planned() throws SQLException {
        return TestDatabase.query(database, "SELECT subject FROM due_work ORDER BY subject");
    }

    private final class Bell implements DueHandler {
        private final ConcurrentLinkedQueue<String> rung = new ConcurrentLinkedQueue<>();
        private String broken = "nothing";
        private Duration again = Duration.ZERO;

        @Override
        public String kind() {
            return "bell";
        }

        @Override
        public void handle(Connection tx, String subject, Instant dueAt, Instant at) throws SQLException {
            if (subject.equals(broken)) {
                throw new IllegalStateException("broken on purpose");
            }
            rung.add(subject);
            if (again.isPositive()) {
                work.plan(tx, kind(), subject, at.plus(again));
            }
        }

        List<String> rung() {
            return List.copyOf(rung);
        }
    }
}
