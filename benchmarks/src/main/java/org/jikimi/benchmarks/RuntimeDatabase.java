package org.jikimi.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.jikimi.runtime.outbox.OutboxPartitions;
import org.jikimi.runtime.outbox.Relay;
import org.jikimi.testkit.Parts;

/** New databases with tables of the runtime, on a PostgreSQL with fsync on. */
final class RuntimeDatabase {
    private RuntimeDatabase() {}

    /** With the outbox and what else these scripts make. */
    static DataSource with(String... scripts) throws SQLException {
        var database = Parts.postgres().newDatabase();
        execute(database, script("V0001__outbox_and_inbox.sql"));
        for (var script : scripts) {
            execute(database, script(script));
        }
        new OutboxPartitions(database, 1_000_000).createAhead(2);
        return database;
    }

    static void execute(DataSource database, String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String script(String name) {
        try (var file = Objects.requireNonNull(Relay.class.getResourceAsStream("/db/runtime/" + name))) {
            return new String(file.readAllBytes(), UTF_8).replace("${app}", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
