package org.jikimi.screening.batch;

import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import org.jikimi.runtime.db.Transactions;

/**
 * Transactions of which no more than some run at once; others wait for their turn, the first to come first. So however many
 * batches come in, connections are left for the observation that flags at once and for who works with a child.
 */
final class FewAtOnce implements Transactions {
    private final Transactions transactions;
    private final Semaphore turns;

    FewAtOnce(Transactions transactions, int most) {
        this.transactions = transactions;
        this.turns = new Semaphore(most, true);
    }

    @Override
    public <T> T run(Work<T> work) throws SQLException {
        try {
            turns.acquire();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while a chunk waited for its turn", stop);
        }
        try {
            return transactions.run(work);
        } finally {
            turns.release();
        }
    }
}
