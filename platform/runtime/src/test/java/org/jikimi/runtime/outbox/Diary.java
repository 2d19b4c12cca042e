package org.jikimi.runtime.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jikimi.runtime.TestDatabase;
import org.jikimi.runtime.inbox.Outcome;
import org.jikimi.runtime.inbox.ReceivedEvent;

/** A sink that writes down what it applies, in order. */
final class Diary {
    private Diary() {}

    static void create(DataSource sink) throws SQLException {
        TestDatabase.execute(sink, "CREATE TABLE applied (n bigint GENERATED ALWAYS AS IDENTITY, entry text NOT NULL)");
    }

    static Outcome apply(ReceivedEvent event, Connection tx) throws SQLException {
        try (var insert = tx.prepareStatement("INSERT INTO applied (entry) VALUES (?)")) {
            insert.setString(1, new String(event.payload(), UTF_8));
            insert.executeUpdate();
        }
        return Outcome.APPLIED;
    }

    static List<String> entries(DataSource sink) throws SQLException {
        return TestDatabase.query(sink, "SELECT entry FROM applied ORDER BY n");
    }
}
