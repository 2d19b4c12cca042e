package org.jikimi.screening.batch;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.keys.Keyring;

/** Stores the chunks of a batch in their order, each once. */
final class Chunks<T> {
    private static final int ATTEMPTS = 5;

    private final Batch batch;
    private final LineKind<T> kind;
    private final Batches batches;
    private final Transactions transactions;
    private final Keyring keys;
    private int next;

    Chunks(Batch batch, LineKind<T> kind, Batches batches, Transactions transactions, Keyring keys) {
        this.batch = batch;
        this.kind = kind;
        this.batches = batches;
        this.transactions = transactions;
        this.keys = keys;
    }

    /** Stores the next chunk, or sees that it is stored. Answers false if another one is stored in its place. */
    boolean store(byte[] linesHash, int received, List<LineKind.Line<T>> good, List<Rejection> bad)
            throws SQLException {
        var hash = keys.mac("batch-chunk", linesHash);
        int chunk = next++;
        for (int attempt = 1; ; attempt++) {
            try {
                return transactions.run(tx -> {
                    if (!batches.claim(tx, batch, chunk, hash)) {
                        return Arrays.equals(
                                hash, batches.hash(tx, batch, chunk).orElseThrow());
                    }
                    var tally = kind.load(tx, batch, good);
                    var rejected = new ArrayList<>(bad);
                    rejected.addAll(tally.rejections());
                    batches.count(tx, batch, chunk, received, tally, rejected);
                    return true;
                });
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !isDeadlock(e)) {
                    throw e;
                }
            }
        }
    }

    /** Whether an earlier attempt had more chunks than this one. */
    boolean moreAreStored() throws SQLException {
        return transactions.run(tx -> batches.chunks(tx, batch)) > next;
    }

    private static boolean isDeadlock(SQLException e) {
        return "40P01".equals(e.getSQLState()) || "40001".equals(e.getSQLState());
    }
}
