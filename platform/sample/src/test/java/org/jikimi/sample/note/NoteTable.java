package org.jikimi.sample.note;

import java.sql.SQLException;
import javax.sql.DataSource;

/** The table that {@link NoteResource} keeps its notes in. */
final class NoteTable {
    private NoteTable() {}

    static void empty(DataSource owner) throws SQLException {
        try (var connection = owner.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("TRUNCATE note");
        }
    }

    static long rows(DataSource owner) throws SQLException {
        try (var connection = owner.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM note")) {
            row.next();
            return row.getLong(1);
        }
    }
}
