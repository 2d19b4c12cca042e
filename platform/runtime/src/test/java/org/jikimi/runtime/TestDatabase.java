package org.jikimi.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jikimi.runtime.inbox.InboxPartitions;
import org.jikimi.runtime.outbox.OutboxPartitions;
import org.jikimi.testkit.Parts;

/** A new database with the outbox and the inbox in it. */
public final class TestDatabase {
    private TestDatabase() {}

    public static DataSource create() {
        return create(1_000_000);
    }

    public static DataSource create(long partitionWidth) {
        return Parts.postgres()
                .newPooledDatabase("partitions of " + partitionWidth, database -> prepare(database, partitionWidth));
    }

    /** Makes the tables in an empty database. */
    public static void prepare(DataSource database, long partitionWidth) throws SQLException {
        execute(database, migration("V0001__outbox_and_inbox.sql"));
        execute(database, migration("V0002__due_work.sql"));
        execute(database, migration("V0004__relay_mark.sql").replace("${app}", "postgres"));
        execute(database, migration("V0005__topic_ids.sql"));
        execute(database, migration("V0007__due_work_trace.sql"));
        execute(database, migration("V0008__settled_numbers.sql"));
        execute(database, migration("V0009__missing_topics.sql"));
        execute(database, migration("V0030__subject_keys.sql").replace("${app}", "postgres"));
        execute(database, migration("V0032__relay_knows_missing.sql"));
        new OutboxPartitions(database, partitionWidth).createAhead(2);
        new InboxPartitions(database).create(Instant.now(), 1);
    }

    public static void execute(DataSource database, String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
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

    private static String migration(String name) {
        try (var file = Objects.requireNonNull(TestDatabase.class.getResourceAsStream("/db/runtime/" + name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
