package org.jikimi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class TestPostgresTest {
    @Test
    void aServerThatIsClosedIsGoneWithAllItHeldThoughSomebodyIsConnected() throws SQLException {
        var postgres = TestPostgres.start();
        Path data;
        long backend;
        try (var connection = postgres.newDatabase().getConnection();
                var statement = connection.createStatement()) {
            try (var row = statement.executeQuery("SHOW data_directory")) {
                row.next();
                data = Path.of(row.getString(1));
            }
            try (var row = statement.executeQuery("SELECT pg_backend_pid()")) {
                row.next();
                backend = row.getLong(1);
            }

            postgres.close();
        }

        assertThat(data.getParent()).doesNotExist();
        assertThat(ProcessHandle.of(backend)).isEmpty();
    }
}
