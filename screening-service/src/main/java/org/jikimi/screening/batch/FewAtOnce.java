package org.jikimi.screening.batch;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jikimi.runtime.db.Transactions;

/**
 * Transactions of which no more than some run at once; others wait for their turn, the first to come first. So however many
 * batches come in, connections are left for the observation that flags at once and for who works with a child. Nobody waits
 * for ever: the threads that wait are those that take requests.
 */
final class FewAtOnce implements Transactions {
    private final Transactions transactions;
    private final Semaphore turns;
    private final Duration longest;

    FewAtOnce(Transactions transactions, int most, Duration longest) {
        this.transactions = transactions;
        this.turns = new Semaphore(most, true);
        this.longest = longest;
    }

    /**
     * Runs work in a transaction.
     *
     * @throws SQLTransientException if it was nobody's turn in all the time that it may wait, or the service ends
     */
    @Override
    public <T> T run(Work<T> work) throws SQLException {
        await();
        try {
            return transactions.run(work);
        } finally {
            turns.release();
        }
    }

    private void await() throws SQLTransientException {
        try {
            if (!turns.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SQLTransientException("too many transactions at once");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new SQLTransientException("stopped while it waited for its turn", stop);
        }
    }
}
