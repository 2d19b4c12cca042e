package org.jikimi.runtime.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jikimi.testkit.KeptAlive;
import org.jikimi.testkit.Parts;
import org.jikimi.testkit.TestPostgres;
import org.junit.jupiter.api.Test;

class SessionOfRelayTest {
    @Test
    void leadershipIsFreeAMinuteAfterTheMachineOfTheLeaderIsGone() throws SQLException {
        var database = Parts.postgres().newServiceDatabase();
        var settings = new ArrayList<String>();

        try (var session = session(database).getConnection();
                var statement = session.createStatement();
                var rows = statement.executeQuery(
                        "SELECT name || ' ' || setting FROM pg_settings WHERE name LIKE 'tcp\\_%' ORDER BY name")) {
            while (rows.next()) {
                settings.add(rows.getString(1));
            }
        }

        assertThat(settings)
                .containsExactly(
                        "tcp_keepalives_count 3",
                        "tcp_keepalives_idle 30",
                        "tcp_keepalives_interval 10",
                        "tcp_user_timeout 60000");
    }

    @Test
    void whileItWaitsForAnAnswerTheRelayMissesADatabaseWhoseMachineIsGoneWithinAMinute() throws SQLException {
        var database = Parts.postgres().newServiceDatabase();

        try (var session = session(database).getConnection();
                var statement = session.createStatement();
                var row = statement.executeQuery("SELECT inet_client_port()")) {
            row.next();
            assertThat(KeptAlive.asksIn(row.getInt(1)))
                    .get()
                    .satisfies(next -> assertThat(next).isLessThanOrEqualTo(Duration.ofSeconds(30)));
        }
    }

    private static DataSource session(TestPostgres.ServiceDatabase database) {
        var options = ConfigProvider.getConfig().getValue("jikimi.db.session", String.class);
        return Wiring.sessionOfRelay(database.url(), database.app(), database.appPassword(), options);
    }
}
