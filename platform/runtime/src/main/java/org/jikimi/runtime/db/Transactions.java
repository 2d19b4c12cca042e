package org.jikimi.runtime.db;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs work in one transaction of its own: committed when the work returns, rolled back when it throws. */
@FunctionalInterface
public interface Transactions {
    <T> T run(Work<T> work) throws SQLException;

    /**
     * What is done inside. It neither rolls back nor commits, but for a last statement that is sent together with the
     * commit.
     */
    @FunctionalInterface
    interface Work<T> {
        T in(Connection tx) throws SQLException;
    }

    /** Transactions on plain JDBC connections. */
    static Transactions of(DataSource database) {
        return new Transactions() {
            @Override
            public <T> T run(Work<T> work) throws SQLException {
                try (var tx = database.getConnection()) {
                    tx.setAutoCommit(false);
                    try {
                        var result = work.in(tx);
                        tx.commit();
                        return result;
                    } catch (Throwable failure) {
                        rollBack(tx, failure);
                        throw failure;
                    }
                }
            }

            private void rollBack(Connection tx, Throwable failure) {
                try {
                    tx.rollback();
                } catch (SQLException gone) {
                    failure.addSuppressed(gone);
                }
            }
        };
    }
}
