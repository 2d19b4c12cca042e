package org.jikimi.runtime.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jikimi.runtime.db.Transactions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditSealerTest {
    private static final String SEALED = "SELECT unnest(seqs) FROM audit_block ORDER BY 1";
    private static final String WRITTEN = "SELECT seq FROM audit ORDER BY 1";
    private static final String BLOCKS = "SELECT number FROM audit_block ORDER BY 1";

    private final AuditDatabase database = new AuditDatabase();
    private AnchorFile anchors = new AnchorFile(Path.of(""));
    private AuditSealer sealer = new AuditSealer(database.transactions, anchors, AuditDatabase.TIMES);

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void anchorsInAFile() {
        anchors = new AnchorFile(directory.resolve("anchors"));
        sealer = new AuditSealer(database.transactions, anchors, AuditDatabase.TIMES);
    }

    @Test
    void whatIsNewIsSealedInOneBlockAndAnchored() throws SQLException {
        database.write("child:1", "child:2", "child:3");

        assertThat(sealer.sealOnce()).isEqualTo(3);

        assertThat(database.numbers(SEALED)).isEqualTo(database.numbers(WRITTEN));
        assertThat(database.numbers(BLOCKS)).containsExactly(1L);
        assertThat(anchors.newest()).map(Anchor::block).contains(1L);
    }

    @Test
    void whereNothingIsNewNoBlockIsMade() throws SQLException {
        database.write("child:1");
        sealer.sealOnce();

        assertThat(sealer.sealOnce()).isZero();

        assertThat(database.numbers(BLOCKS)).containsExactly(1L);
    }

    @Test
    void moreThanABlockHoldsGoesIntoSeveral() throws SQLException {
        int rows = AuditSealer.BLOCK_ROWS + 10;
        database.tamper("INSERT INTO audit (id, at, principal, action, subjects, mac) "
                + "SELECT gen_random_uuid(), now(), 'p', 'a', '{}', '\\x00' FROM generate_series(1, " + rows + ")");

        assertThat(sealer.sealOnce()).isEqualTo(rows);

        assertThat(database.numbers(BLOCKS)).containsExactly(1L, 2L);
        assertThat(database.numbers(SEALED)).isEqualTo(database.numbers(WRITTEN));
        assertThat(anchors.newest()).map(Anchor::block).contains(2L);
    }

    @Test
    void anEarlyNumberThatCommitsLateIsSealedAllTheSame() throws SQLException {
        try (var late = database.app.getConnection()) {
            late.setAutoCommit(false);
            database.record(late, "child:late");
            database.write("child:2");
            assertThat(sealer.sealOnce()).isEqualTo(1);

            late.commit();
            assertThat(sealer.sealOnce()).isEqualTo(1);
        }

        assertThat(database.numbers(SEALED))
                .isEqualTo(database.numbers(WRITTEN))
                .hasSize(2);
        assertThat(AuditVerifier.verify(database.app, database.keys, anchors))
                .isEqualTo(new AuditVerdict.Intact(2, 2, 0, 2));
    }

    @Test
    void writersGoOnWhileABlockIsNotYetCommitted() throws SQLException {
        database.write("child:1");
        var whileSealing = new AtomicInteger();
        Transactions slow = new Transactions() {
            @Override
            public <T> T run(Work<T> work) throws SQLException {
                return database.transactions.run(tx -> {
                    var result = work.in(tx);
                    whileSealing.addAndGet(database.transactions.run(writer -> {
                        writer.createStatement().execute("SET LOCAL lock_timeout = '100ms'");
                        return database.record(writer, "child:2");
                    }));
                    return result;
                });
            }
        };

        new AuditSealer(slow, anchors, AuditDatabase.TIMES).sealOnce();

        assertThat(whileSealing.get()).isPositive();
        assertThat(database.numbers(WRITTEN)).hasSize(1 + whileSealing.get());
    }

    @Test
    void whileOneReplicaSealsAnotherLeavesItAlone() throws SQLException {
        database.write("child:1");
        var other = new ArrayList<Long>();
        Transactions slow = new Transactions() {
            @Override
            public <T> T run(Work<T> work) throws SQLException {
                return database.transactions.run(tx -> {
                    var result = work.in(tx);
                    other.add(sealer.sealOnce());
                    return result;
                });
            }
        };

        assertThat(new AuditSealer(slow, anchors, AuditDatabase.TIMES).sealOnce())
                .isEqualTo(1);

        assertThat(other).isNotEmpty().containsOnly(0L);
    }

    @Test
    void aHeadThatWasCommittedBeforeACrashIsAnchoredByTheNextRun() throws SQLException {
        database.write("child:1");
        sealer.sealOnce();
        database.write("child:2");
        sealWithoutAnchoring();

        sealer.sealOnce();

        try (var all = anchors.all()) {
            assertThat(all.map(Anchor::block)).containsExactly(0L, 1L, 2L);
        }
    }

    @Test
    void nothingIsSealedWhenTheAnchorsAreGone() throws SQLException {
        database.write("child:1");
        sealer.sealOnce();
        database.write("child:2");
        var empty = new AnchorFile(directory.resolve("others"));

        assertThatThrownBy(() -> new AuditSealer(database.transactions, empty, AuditDatabase.TIMES).sealOnce())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the anchors of 1 audit blocks are gone");

        assertThat(empty.newest()).isEmpty();
        assertThat(database.numbers(BLOCKS)).containsExactly(1L);
    }

    @Test
    void nothingIsSealedOntoAChainThatIsNotTheOneAnchored() throws SQLException {
        database.write("child:1");
        sealer.sealOnce();
        database.tamper("UPDATE audit_block SET head = '\\x00'");
        database.write("child:2");

        assertThatThrownBy(() -> sealer.sealOnce()).isInstanceOf(IllegalStateException.class);
        assertThat(database.numbers(BLOCKS)).containsExactly(1L);

        database.tamper("DELETE FROM audit_block");
        assertThatThrownBy(() -> sealer.sealOnce()).isInstanceOf(IllegalStateException.class);
        assertThat(database.numbers(BLOCKS)).isEmpty();
    }

    @Test
    void ofWritersThatCommitLateOrRollBackEveryRowIsSealedOnce() throws Exception {
        var random = new Random(20260302);
        try (var writers = Executors.newFixedThreadPool(8)) {
            var work = IntStream.range(0, 8)
                    .mapToObj(n -> writer(random.nextLong()))
                    .toList();
            var running = work.stream().map(writers::submit).toList();
            while (running.stream().anyMatch(writer -> !writer.isDone())) {
                sealer.sealOnce();
            }
            for (var writer : running) {
                writer.get();
            }
        }
        sealer.sealOnce();

        var written = database.numbers(WRITTEN);
        assertThat(database.numbers(SEALED)).isEqualTo(written);
        assertThat(written.getLast()).isGreaterThan(written.size()); // numbers of what was rolled back are gone
        assertThat(AuditVerifier.verify(database.app, database.keys, anchors)).isInstanceOf(AuditVerdict.Intact.class);
    }

    /** Transactions of one to three rows, a third of them rolled back. */
    private Callable<Integer> writer(long seed) {
        return () -> {
            var random = new Random(seed);
            try (var connection = database.app.getConnection()) {
                connection.setAutoCommit(false);
                for (int n = 0; n < 60; n++) {
                    for (int row = random.nextInt(3); row >= 0; row--) {
                        database.record(connection, "child:" + n);
                    }
                    if (random.nextInt(3) == 0) {
                        connection.rollback();
                    } else {
                        connection.commit();
                    }
                }
            }
            return 60;
        };
    }

    private void sealWithoutAnchoring() {
        var broken = new AuditSealer(database.transactions, new BrokenStore(anchors), AuditDatabase.TIMES);
        assertThatThrownBy(broken::sealOnce).hasMessage("disk full");
    }

    /** Reads anchors and keeps none. */
    private record BrokenStore(AnchorStore anchors) implements AnchorStore {
        @Override
        public void append(List<Anchor> more) {
            throw new IllegalStateException("disk full");
        }

        @Override
        public Optional<Anchor> newest() {
            return anchors.newest();
        }

        @Override
        public Stream<Anchor> all() {
            return anchors.all();
        }
    }
}
