package org.jikimi.screening.batch;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.keys.Keyring;

/** Stores the chunks of a batch in their order, each once, and settles what has only landed. */
final class Chunks<T> {
    private static final int ATTEMPTS = 5;
    /** While a file comes in, a chunk that has waited this long is settled between two others. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Batch batch;
    private final LineKind<T> kind;
    private final Batches batches;
    private final Transactions transactions;
    private final Keyring keys;
    private final Deque<Long> landedAt = new ArrayDeque<>();
    private int next;

    Chunks(Batch batch, LineKind<T> kind, Batches batches, Transactions transactions, Keyring keys) {
        this.batch = batch;
        this.kind = kind;
        this.batches = batches;
        this.transactions = transactions;
        this.keys = keys;
    }

    /**
     * Lines that are stored together.
     *
     * @param hash of the lines as they came
     * @param received how many, good and bad
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Chunk<T>(
            byte[] hash,
            int received,
            long firstLine,
            long lastLine,
            List<LineKind.Line<T>> good,
            List<Rejection> bad) {}

    /**
     * Stores the next chunk, or sees that it is stored. Answers false if another one is stored in its place, or if the batch
     * came whole without it.
     */
    boolean store(Chunk<T> chunk) throws SQLException {
        var hash = keys.mac("batch-chunk", chunk.hash());
        int number = next++;
        boolean same = retried(tx -> {
            ChunkCommit.doesNotWait(tx);
            if (!batches.claim(tx, batch, number, hash)) {
                return batches.hash(tx, batch, number)
                        .filter(stored -> Arrays.equals(hash, stored))
                        .isPresent();
            }
            var tally = kind.load(tx, batch, chunk.good());
            batches.count(tx, batch, number, chunk, tally, !kind.settlesLater());
            return true;
        });
        if (same && kind.settlesLater()) {
            settleWhatHasWaited();
        }
        return same;
    }

    private void settleWhatHasWaited() throws SQLException {
        landedAt.add(System.nanoTime());
        if (System.nanoTime() - landedAt.element() > LONGEST_WAIT.toNanos()) {
            landedAt.remove();
            settleNext();
        }
    }

    /** Settles all that has landed. */
    void settle() throws SQLException {
        while (kind.settlesLater() && settleNext()) {
            // one chunk, one transaction
        }
    }

    private boolean settleNext() throws SQLException {
        return retried(tx -> settleNext(tx, batch, kind, batches));
    }

    /** Settles the first chunk that has landed; false if there is none. */
    static <T> boolean settleNext(Connection tx, Batch batch, LineKind<T> kind, Batches batches) throws SQLException {
        var landed = batches.unsettled(tx, batch);
        if (landed.isEmpty()) {
            return false;
        }
        var lines = landed.get();
        batches.settled(tx, batch, lines, kind.settle(tx, batch, lines.firstLine(), lines.lastLine()));
        return true;
    }

    /** How many there were. */
    int count() {
        return next;
    }

    private boolean retried(Transactions.Work<Boolean> work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return transactions.run(work);
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !isDeadlock(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isDeadlock(SQLException e) {
        return "40P01".equals(e.getSQLState()) || "40001".equals(e.getSQLState());
    }
}
