package org.jikimi.sample;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jikimi.runtime.audit.AnchorFile;
import org.jikimi.runtime.audit.Audit;
import org.jikimi.runtime.audit.AuditEntry;
import org.jikimi.runtime.audit.AuditVerdict;
import org.jikimi.runtime.audit.AuditVerifier;
import org.jikimi.runtime.boot.AuditSettings;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.keys.Keyring;
import org.jikimi.runtime.time.Times;
import org.jikimi.testkit.KeptAlive;
import org.jikimi.testkit.ServiceParts;
import org.junit.jupiter.api.Test;

/** What a running service does by itself, and what it shows to those who run it. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class RunningServiceTest {
    private static final Pattern METRIC = Pattern.compile("jikimi_[a-z_]+");
    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    @DataSource("owner")
    javax.sql.DataSource owner;

    @Inject
    Transactions transactions;

    @Inject
    Audit audit;

    @Inject
    Keyring keys;

    @Inject
    Times times;

    @Inject
    AuditSettings settings;

    @Test
    void auditRowsAreSealedAndTheirHeadsAnchoredOutsideTheDatabaseByTheServiceItself() throws SQLException {
        var entry =
                new AuditEntry(times.now(), "officer-11110", UUID.randomUUID(), "visit.show", List.of("visit:7"), null);

        transactions.run(tx -> {
            audit.record(tx, entry);
            return entry;
        });

        var anchors = AnchorFile.of(settings.anchors().orElseThrow(), "sample");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(AuditVerifier.verify(owner, keys, anchors))
                        .isInstanceOfSatisfying(AuditVerdict.Intact.class, intact -> {
                            assertThat(intact.unsealed()).isZero();
                            assertThat(intact.anchored()).isPositive().isEqualTo(intact.blocks());
                        }));
        assertThat(metric("jikimi_audit_chain_broken")).isZero();
    }

    @Test
    void whatAReplicaHadLockedIsFreeAMinuteAfterItsMachineIsGone() throws SQLException {
        var sessions = new ArrayList<List<Integer>>();
        for (var pool : List.of(Transactions.of(owner), transactions)) {
            sessions.add(pool.run(RunningServiceTest::secondsUntilASessionIsMissed));
        }

        assertThat(sessions).allSatisfy(seconds -> {
            assertThat(seconds).hasSize(2);
            assertThat(seconds).allSatisfy(until -> assertThat(until).isBetween(1, 60));
        });
    }

    @Test
    void whoWaitsForADatabaseWhoseMachineIsGoneMissesItWithinAMinute() throws SQLException {
        for (var pool : List.of(Transactions.of(owner), transactions)) {
            var asks = pool.run(tx -> KeptAlive.asksIn(port(tx)));

            assertThat(asks).get().satisfies(next -> assertThat(next).isLessThanOrEqualTo(Duration.ofSeconds(30)));
        }
    }

    private static int port(Connection tx) throws SQLException {
        try (var statement = tx.createStatement();
                var row = statement.executeQuery("SELECT inet_client_port()")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** While it is idle, and while an answer is on its way to it; 0 for never. */
    private static List<Integer> secondsUntilASessionIsMissed(Connection tx) throws SQLException {
        try (var statement = tx.createStatement();
                var row = statement.executeQuery("SELECT current_setting('tcp_keepalives_idle')::int "
                        + "+ current_setting('tcp_keepalives_interval')::int * current_setting('tcp_keepalives_count')::int, "
                        + "current_setting('tcp_user_timeout')::int / 1000")) {
            row.next();
            return List.of(row.getInt(1), row.getInt(2));
        }
    }

    @Test
    void anEventParkedAsEarlyForMoreThanTenMinutesRaisesAnAlert() throws Exception {
        execute("""
                INSERT INTO inbox_parked (consumer, id, topic, partition, "offset", key, headers, payload, reason, code, parked_at)
                VALUES ('sample', gen_random_uuid(), 'Early', 0, 0, 'child-1', '', '', 'EARLY', 'NO_PREDECESSOR',
                    clock_timestamp() - interval '11 minutes')""");
        try {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(metric("jikimi_inbox_early_oldest_seconds"))
                            .isBetween(660.0, 720.0));
            assertThat(metric("jikimi_inbox_early_overdue")).isEqualTo(1);
            assertThat(rule("JikimiEventWaitsForItsPredecessor").path("expr").asText())
                    .isEqualTo("max by (job) (jikimi_inbox_early_oldest_seconds) > 600");
        } finally {
            execute("DELETE FROM inbox_parked");
        }
    }

    @Test
    void aRestoredDatabaseIsShownByMetricAndHealthUntilSomebodyHasReconciledIt() throws Exception {
        execute("INSERT INTO relay_restore (incarnation, first_lost, last_lost, inserted) "
                + "VALUES (gen_random_uuid(), 8, 12, 3)");
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(metric("jikimi_relay_restores_unreconciled")).isEqualTo(1));
        assertThat(get("/q/health/ready").then().statusCode(200).extract().asString())
                .contains("restored database")
                .containsPattern("\"unreconciled\": *1");

        execute("UPDATE relay_restore SET reconciled_at = clock_timestamp()");

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(metric("jikimi_relay_restores_unreconciled")).isZero());
    }

    @Test
    void everyMetricThatAnAlertRuleAsksForIsShown() throws IOException {
        var shown = get("/q/metrics").then().statusCode(200).extract().asString();
        var rules = rules();
        assertThat(rules).hasSize(4); // those of the chain are held against a service with an inbox, by MetricsTest
        for (var rule : rules) {
            assertThat(rule.path("annotations").path("summary").asText()).isNotBlank();
            assertThat(rule.path("labels").path("severity").asText()).isIn("warning", "critical");
            var asked = METRIC.matcher(rule.path("expr").asText())
                    .results()
                    .map(found -> "\n" + found.group())
                    .toList();
            assertThat(asked).as(rule.path("alert").asText()).isNotEmpty();
            assertThat(shown).as(rule.path("alert").asText()).contains(asked);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = owner.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static double metric(String name) {
        return get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static JsonNode rule(String name) throws IOException {
        return rules().stream()
                .filter(rule -> rule.path("alert").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> rules() throws IOException {
        var file = Path.of("../../deploy/observability/integrity-alerts.yaml").toFile();
        var rules = new ArrayList<JsonNode>();
        for (var group : new YAMLMapper().readTree(file).path("groups")) {
            group.path("rules").forEach(rules::add);
        }
        return rules;
    }
}
