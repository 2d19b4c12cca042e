package org.jikimi.systemtests.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.core.ConditionTimeoutException;
import org.jikimi.city.City;
import org.jikimi.systemtests.EventLog;
import org.jikimi.systemtests.Family;
import org.jikimi.systemtests.Rest;
import org.jikimi.testkit.TestKafka;
import org.jikimi.testkit.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three replicas of the screening-service share a round, and one of them is killed in the middle of a range, as {@code kill
 * -9} does. Another one does the same round alone and undisturbed, on a copy of their database and a Kafka of its own.
 */
class SharedRoundTest {
    private static final City CITY = new City(3_000, 18, Family.today());
    private static final int REPLICAS = 3;
    private static final Duration SOON = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private final List<AutoCloseable> started = new ArrayList<>();
    private final Map<String, LoneScreening> replicas = new TreeMap<>();
    private Map<String, String> config;
    private TestPostgres postgres;
    private TestKafka kafka;
    private String database;
    private String round;

    private TestKafka kafkaOfUndisturbed;
    private String databaseOfUndisturbed;
    private LoneScreening undisturbed;

    @BeforeEach
    void aRoundIsOpenedByOneOfThreeAndItsDatabaseCopied() throws IOException {
        var secondKafka = CompletableFuture.supplyAsync(TestKafka::start);
        postgres = closedAtLast(TestPostgres.start());
        kafka = closedAtLast(TestKafka.start());
        kafkaOfUndisturbed = closedAtLast(secondKafka.join());
        config = LoneService.config("screening", postgres, kafka, directory);
        database = Objects.requireNonNull(config.get("jikimi.db.url"));
        config.put("jikimi.screening.demonstration", "true");
        config.put("jikimi.screening.range-pages", "1");
        for (int i = 1; i <= REPLICAS; i++) {
            var name = "replica-" + i;
            replicas.put(name, start(Map.of("jikimi.db.url", database + "?ApplicationName=" + name)));
        }
        replicas.values().forEach(replica -> replica.process().awaitReady());
        survivor().takeIn(CITY, directory.resolve("city"));
        round = survivor().openQuarterly();
        LoneService.createTopics("screening", kafkaOfUndisturbed);
        databaseOfUndisturbed = postgres.copy(database);
        var anchors = Files.createDirectory(directory.resolve("anchors-of-undisturbed"));
        undisturbed = start(Map.of(
                "jikimi.db.url", databaseOfUndisturbed,
                "jikimi.kafka.bootstrap", kafkaOfUndisturbed.bootstrapServers(),
                "jikimi.audit.anchors", anchors.toString()));
    }

    private LoneScreening start(Map<String, String> own) throws IOException {
        var all = new HashMap<>(config);
        all.putAll(own);
        return new LoneScreening(closedAtLast(ServiceProcess.start("screening-service", all, directory)));
    }

    private <T extends AutoCloseable> T closedAtLast(T part) {
        started.addFirst(part);
        return part;
    }

    private LoneScreening survivor() {
        return replicas.values().iterator().next();
    }

    @AfterEach
    void stop() throws Exception {
        for (var part : started) {
            part.close();
        }
    }

    @Test
    void aReplicaKilledInTheMiddleOfARangeChangesNothingOfTheRound() throws Exception {
        everyReplicaHasItsPartOfTheTopic();
        var gate = closedAtLast(new RangeGate(database));
        survivor().orderScreening(round);
        eachIsInARange(gate);
        gate.letThrough();
        eachIsInARange(gate);
        var dying = gate.waiting().firstKey();
        var done = gate.cameThrough(dying);

        Objects.requireNonNull(replicas.remove(dying)).process().close();

        var left = gate.waiting().get(dying);
        assertThat(left).as("in hand when it died").isNotEmpty();
        assertThat(done).as("done before").isNotEmpty().doesNotContainAnyElementsOf(left);
        await("others have taken it up").atMost(SOON).until(() -> {
            gate.letThrough();
            return replicas.keySet().stream()
                    .flatMap(name -> gate.cameThrough(name).stream())
                    .toList()
                    .containsAll(left);
        });
        gate.close();
        theRoundIsTheSame();
    }

    /**
     * On a slow machine ranges lie until due work takes them up as well. Then a replica whose turn it is with one of those waits
     * for the other behind the gate, and comes to its next range once that is let through.
     */
    private static void eachIsInARange(RangeGate gate) {
        await("each is in a range").atMost(SOON).until(() -> {
            try {
                await().atMost(Duration.ofSeconds(5)).until(() -> gate.waiting().size() == REPLICAS);
                return true;
            } catch (ConditionTimeoutException oneWaitsForAnother) {
                gate.letThrough();
                return false;
            }
        });
    }

    private void everyReplicaHasItsPartOfTheTopic() {
        var groups = List.of("screening.ranges");
        try (var admin = Admin.create(client(kafka))) {
            await("shared")
                    .atMost(SOON)
                    .until(() -> admin.describeConsumerGroups(groups).all().get().values().stream()
                                    .flatMap(group -> group.members().stream())
                                    .filter(member -> !member.assignment()
                                            .topicPartitions()
                                            .isEmpty())
                                    .count()
                            == REPLICAS);
        }
    }

    private void theRoundIsTheSame() throws IOException, SQLException {
        var shared = survivor().screened(round);
        undisturbed.process().awaitReady();
        undisturbed.orderScreening(round);
        var alone = undisturbed.screened(round);
        for (var count : List.of("children", "flagged", "backlog", "excluded")) {
            assertThat(shared.path(count).asInt())
                    .as(count)
                    .isPositive()
                    .isEqualTo(alone.path(count).asInt());
        }
        var flags = survivor().flags(round);
        assertThat(flags).isEqualTo(undisturbed.flags(round));
        everyFlagIsToldOnce(flags);
        theManifestIsTheSame(shared);
    }

    private void everyFlagIsToldOnce(List<JsonNode> flags) {
        var flagged = flags.stream()
                .filter(flag -> flag.path("state").asText().equals("FLAGGED"))
                .map(flag -> flag.path("id").asText())
                .toList();
        await("told").atMost(SOON).untilAsserted(() -> {
            var told = told(kafka);
            assertThat(told)
                    .extracting(event -> event.path("flagId").asText())
                    .containsExactlyInAnyOrderElementsOf(flagged);
            assertThat(told).containsExactlyInAnyOrderElementsOf(told(kafkaOfUndisturbed));
        });
    }

    /** What Kafka holds of the flags of the round, each event once, but for the moment at which they were flagged. */
    private List<JsonNode> told(TestKafka by) throws IOException {
        var told = new TreeMap<String, JsonNode>();
        for (var entry : EventLog.read(client(by))) {
            if (entry.topic().equals("ChildFlagged")) {
                var data = (ObjectNode) Rest.JSON.readTree(entry.value());
                data.remove("flaggedAt");
                told.put(entry.id(), data);
            }
        }
        told.values().removeIf(data -> !data.path("roundId").asText().equals(round)); // urgent ones are of no round
        return List.copyOf(told.values());
    }

    /**
     * The moment of the cut is part of the manifest. So the undisturbed round is given that of the shared one and its
     * manifest, and is screened again, which its service refuses to end unless all comes out the same.
     */
    private void theManifestIsTheSame(JsonNode shared) throws SQLException, IOException {
        var moment = shared.path("screenedAt").asText();
        var manifest = shared.path("manifest").asText();
        try (var connection = DriverManager.getConnection(databaseOfUndisturbed, "postgres", "");
                var statement = connection.createStatement()) {
            statement.execute("UPDATE flag SET flagged_at = '%s' WHERE round_id = '%s'".formatted(moment, round));
            statement.execute("UPDATE round SET screened_at = '%s', manifest = '%s' WHERE id = '%s'"
                    .formatted(moment, manifest, round));
        }
        undisturbed.orderScreening(round);
        assertThat(undisturbed.screened(round).path("manifest").asText()).isEqualTo(manifest);
    }

    private static Map<String, Object> client(TestKafka kafka) {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }
}
