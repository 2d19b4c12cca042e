package org.jikimi.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Bare binary COPY, the limit of what PostgreSQL takes and gives. */
final class Copies {
    private static final int PIECE = 64 * 1024;

    private Copies() {}

    /** Rows as binary COPY writes them, held in memory; in pieces, for an array ends at 2 GB. */
    static final class Rows extends OutputStream {
        private final List<byte[]> full = new ArrayList<>();
        private byte[] last = new byte[PIECE];
        private int used;

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            int at = from;
            while (at < from + length) {
                if (used == PIECE) {
                    full.add(last);
                    last = new byte[PIECE];
                    used = 0;
                }
                int taken = Math.min(PIECE - used, from + length - at);
                System.arraycopy(bytes, at, last, used, taken);
                used += taken;
                at += taken;
            }
        }

        private void sendTo(CopyIn copy) throws SQLException {
            for (var piece : full) {
                copy.writeToCopy(piece, 0, PIECE);
            }
            copy.writeToCopy(last, 0, used);
        }
    }

    static Rows rows(Connection connection, String query) throws SQLException {
        var rows = new Rows();
        out(connection, query, rows);
        return rows;
    }

    /** Reads all rows of a query and drops them; answers the seconds it took. */
    static double out(Connection connection, String query) throws SQLException {
        var start = System.nanoTime();
        out(connection, query, OutputStream.nullOutputStream());
        return (System.nanoTime() - start) / 1e9;
    }

    /** Writes rows into a table in one transaction, and commits; answers the seconds it took. */
    static double in(Connection connection, String table, Rows rows) throws SQLException {
        var start = System.nanoTime();
        connection.setAutoCommit(false);
        var copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + table + " FROM STDIN (FORMAT binary)");
        rows.sendTo(copy);
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
