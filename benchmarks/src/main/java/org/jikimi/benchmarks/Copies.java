package org.jikimi.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** Bare binary COPY, the limit of what PostgreSQL takes and gives. */
final class Copies {
    private static final int PIECE = 64 * 1024;

    private Copies() {}

    /** The rows of a query as binary COPY writes them, held in memory. */
    static byte[] rows(Connection connection, String query) throws SQLException {
        var rows = new ByteArrayOutputStream();
        out(connection, query, rows);
        return rows.toByteArray();
    }

    /** Reads all rows of a query and drops them; answers the seconds it took. */
    static double out(Connection connection, String query) throws SQLException {
        var start = System.nanoTime();
        out(connection, query, OutputStream.nullOutputStream());
        return (System.nanoTime() - start) / 1e9;
    }

    /** Writes rows into a table in one transaction, and commits; answers the seconds it took. */
    static double in(Connection connection, String table, byte[] rows) throws SQLException {
        var start = System.nanoTime();
        connection.setAutoCommit(false);
        var copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + table + " FROM STDIN (FORMAT binary)");
        for (int at = 0; at < rows.length; at += PIECE) {
            copy.writeToCopy(rows, at, Math.min(PIECE, rows.length - at));
        }
        copy.endCopy();
        connection.commit();
        connection.setAutoCommit(true);
        return (System.nanoTime() - start) / 1e9;
    }

    /** Seconds that the rows of a query take into an empty table of the same shape as another one, indexes and all. */
    static double again(Connection connection, String table, String query) throws SQLException {
        var rows = rows(connection, query);
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE bench_copy (LIKE " + table + " INCLUDING ALL)");
            try {
                return in(connection, "bench_copy", rows);
            } finally {
                statement.execute("DROP TABLE bench_copy");
            }
        }
    }

    private static void out(Connection connection, String query, OutputStream to) throws SQLException {
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY (" + query + ") TO STDOUT (FORMAT binary)", to);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
