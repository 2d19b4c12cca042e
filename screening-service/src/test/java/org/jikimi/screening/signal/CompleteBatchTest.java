package org.jikimi.screening.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.jikimi.screening.signal.SendSignals.send;
import static org.jikimi.screening.signal.SendSignals.signal;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jikimi.runtime.due.DueRunner;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.World;
import org.jikimi.screening.batch.Batch;
import org.jikimi.screening.batch.BatchKind;
import org.jikimi.screening.batch.BatchProblems;
import org.jikimi.screening.batch.Checked;
import org.jikimi.screening.batch.LineKind;
import org.jikimi.screening.batch.Reception;
import org.jikimi.screening.batch.Upload;
import org.jikimi.screening.registry.SendChildren;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A batch that came whole takes no more lines. */
class CompleteBatchTest {
    private static final String POWER = "power-utility";
    private static final Duration SOON = Duration.ofSeconds(20);
    private World world;

    @BeforeEach
    void aHousehold() throws Exception {
        world = new World();
        SendChildren.send(world, "children", SendChildren.child("A1", "H-1", "2015-05-01"));
    }

    @Test
    void aFileWithoutALineIsNotFollowedByLinesUnderItsKey() throws Exception {
        var empty = taken(send(world, POWER, "2026-10-01", "")).receipt();

        var stopped = stopped(send(world, POWER, "2026-10-01", many(0, 3)));

        assertThat(stopped.problem()).isEqualTo(BatchProblems.CHUNK_DIFFERS);
        assertThat(stopped.receipt()).isEqualTo(empty);
        assertThat(world.query("SELECT 1 FROM signal_raw")).isEmpty();
    }

    @Test
    void aFileOfWholeChunksIsNotFollowedByMoreUnderItsKey() throws Exception {
        var lines = many(0, 10_000);
        var whole = taken(send(world, POWER, "b", lines)).receipt();

        var stopped = stopped(send(world, POWER, "b", lines + many(10_000, 10_001)));

        assertThat(stopped.problem()).isEqualTo(BatchProblems.CHUNK_DIFFERS);
        assertThat(stopped.receipt()).isEqualTo(whole);
        assertThat(taken(send(world, POWER, "b", lines)).receipt()).isEqualTo(whole);
    }

    @Test
    void aFileIsNotWholeWhileAnotherUnderItsKeyStoresMoreLines() throws Exception {
        var claimed = new CompletableFuture<Void>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var shorter = threads.submit(() -> {
                claimed.get(SOON.toSeconds(), TimeUnit.SECONDS);
                return send(world, POWER, "b", "");
            });
            var whole = receive(new Waiting(claimed, () -> shorter.isDone() || waits()), "{}\n");

            assertThat(stopped(shorter.get(SOON.toSeconds(), TimeUnit.SECONDS)).problem())
                    .isEqualTo(BatchProblems.CHUNK_DIFFERS);
            assertThat(taken(whole).receipt().received()).isEqualTo(1);
        }
        assertThat(world.query("SELECT state FROM batch WHERE source = '" + POWER + "'"))
                .containsExactly("COMPLETE");
    }

    @Test
    void whatHasLandedIsSettledThoughItsBatchCameWholeBefore() throws Exception {
        assertThatThrownBy(() -> receive(new DiesBeforeItSettles(world, POWER), many(0, 1)))
                .hasMessage("killed");
        world.execute("UPDATE batch SET state = 'COMPLETE' WHERE source = '" + POWER + "'");

        var later = new Times(() -> world.times.now().plus(Duration.ofMinutes(11)));
        var leftovers = new SettleLeftovers(world.receive, world.keys, later, world.act, new DueWork());
        new DueRunner(world.transactions, later, List.of(leftovers)).runDue();

        assertThat(world.query("SELECT signal_id FROM signal")).containsExactly("S0");
    }

    private Reception receive(LineKind<?> kind, String lines) throws Exception {
        var body = new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8));
        return world.receive.receive(
                BatchKind.SIGNALS, kind, new Upload(world.source(POWER), POWER, "b", false, false, body));
    }

    private boolean waits() {
        try {
            return world.waiting() > 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Reception.Received taken(Reception reception) {
        return (Reception.Received) reception;
    }

    private static Reception.Stopped stopped(Reception reception) {
        assertThat(reception).isInstanceOf(Reception.Stopped.class);
        return (Reception.Stopped) reception;
    }

    private static String many(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> signal("S" + i, "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-01"))
                .collect(Collectors.joining());
    }

    /** Holds its chunk until somebody waits for it. */
    private record Waiting(CompletableFuture<Void> claimed, BooleanSupplier goOn) implements LineKind<String> {
        @Override
        public List<String> fields() {
            return List.of("field");
        }

        @Override
        public Checked<String> check(@Nullable String[] values) {
            return Checked.good("line");
        }

        @Override
        public Tally load(Connection tx, Batch batch, List<Line<String>> lines) {
            claimed.complete(null);
            await("the other sender waits").atMost(SOON).until(goOn::getAsBoolean);
            return new Tally(lines.size(), 0, List.of());
        }

        @Override
        public boolean settlesLater() {
            return true;
        }

        @Override
        public Tally settle(Connection tx, Batch batch, long firstLine, long lastLine) {
            return Tally.NOTHING;
        }
    }
}
