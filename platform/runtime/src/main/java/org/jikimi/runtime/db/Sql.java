package org.jikimi.runtime.db;

import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Jdbi over a transaction that is open already. All transactions share one {@link Jdbi}, which keeps what it has parsed:
 * {@code Jdbi.open(connection)} makes a new one each time, and parsing anew cost an event four fifths of its processor
 * time.
 */
public final class Sql {
    private static final ThreadLocal<@Nullable Connection> GIVEN = new ThreadLocal<>();
    private static final Jdbi JDBI = Jdbi.create(new GivenConnection());

    private Sql() {}

    /** Statements of the transaction. Nothing is to be closed: the handle owns no connection. */
    public static Handle on(Connection tx) {
        GIVEN.set(tx);
        try {
            return JDBI.open();
        } finally {
            GIVEN.remove();
        }
    }

    /** Hands out the connection that the calling thread was given, and leaves it open. */
    private static final class GivenConnection implements ConnectionFactory {
        @Override
        public Connection openConnection() throws SQLException {
            var tx = GIVEN.get();
            if (tx == null) {
                throw new SQLException("no transaction was given");
            }
            return tx;
        }

        @Override
        public void closeConnection(Connection tx) {
            // whoever opened the transaction ends it
        }
    }
}
