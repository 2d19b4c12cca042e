package org.jikimi.notification;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jikimi.runtime.inbox.InboxPartitions;
import org.jikimi.runtime.outbox.OutboxPartitions;
import org.jikimi.testkit.Parts;

/** A new database of this service, migrated as in production. */
public final class TestDatabase {
    private TestDatabase() {}

    public static DataSource create() {
        return Parts.postgres().newPooledDatabase("migrated", TestDatabase::prepare);
    }

    /** Migrates a database that a test made itself. */
    public static void prepare(DataSource database) throws SQLException {
        Flyway.configure()
                .dataSource(database)
                .locations("db/runtime", "db/migration")
                .placeholders(Map.of("app", "postgres"))
                .load()
                .migrate();
        new OutboxPartitions(database, 1_000_000).createAhead(2);
        new InboxPartitions(database).create(Instant.now(), 1);
    }

    /** The first column of every row. */
    public static List<String> query(DataSource database, String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var column = new ArrayList<String>();
            while (rows.next()) {
                column.add(rows.getString(1));
            }
            return column;
        }
    }

    public static void execute(DataSource database, String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
