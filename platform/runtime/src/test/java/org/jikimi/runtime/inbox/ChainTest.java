package org.jikimi.runtime.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jikimi.runtime.KafkaClients;
import org.jikimi.runtime.TestDatabase;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.runtime.outbox.OutboxEvent;
import org.jikimi.runtime.outbox.Relay;
import org.jikimi.testkit.Parts;
import org.junit.jupiter.api.Test;

/** From one service's database through Kafka into another's, with real parts that are killed on the way. */
class ChainTest {
    private static final String TOPIC = "ChainTest";
    private static final int CHILDREN = 20;
    private static final int EVENTS = 1_000;

    @Test
    void databaseSessionsAndBrokerAreKilledAndEveryEventIsAppliedOnceInOrder() throws Exception {
        Parts.kafka().createTopics(3, TOPIC);
        var source = TestDatabase.create();
        var sink = TestDatabase.create();
        TestDatabase.execute(
                sink, "CREATE TABLE applied (n bigint GENERATED ALWAYS AS IDENTITY, key text, number int)");
        var inbox = new Inbox("sink", Transactions.of(sink), new Outbox(), ChainTest::apply, step -> {});
        try (var relay = new Relay(
                        Parts.postgres().unpooled(source),
                        KafkaClients::producer,
                        50,
                        Duration.ofMillis(5),
                        step -> {},
                        null,
                        KafkaClients::topicIds);
                var consumer = new InboxConsumer(
                        List.of(TOPIC),
                        inbox,
                        () -> KafkaClients.consumer("sink"),
                        KafkaClients::topicIds,
                        Duration.ofMillis(50))) {
            Thread.ofPlatform().daemon().start(relay);
            Thread.ofPlatform().daemon().start(consumer);

            for (int i = 0; i < EVENTS; i++) {
                publish(source, i);
                if (i % 250 == 100) {
                    terminateSessions(source);
                    terminateSessions(sink);
                }
                if (i == 600) {
                    Parts.kafka().kill();
                    Parts.kafka().restart();
                }
            }

            await().atMost(Duration.ofSeconds(90))
                    .until(() ->
                            TestDatabase.query(sink, "SELECT n FROM applied").size() >= EVENTS);
        }
        assertThat(TestDatabase.query(sink, "SELECT count(DISTINCT number) FROM applied"))
                .as("distinct events")
                .containsExactly(Integer.toString(EVENTS));
        assertThat(TestDatabase.query(sink, "SELECT n FROM applied"))
                .as("events")
                .hasSize(EVENTS);
        assertThat(TestDatabase.query(sink, "SELECT reason FROM inbox_parked")).isEmpty();
        for (var numbers : byChild(sink).values()) {
            assertThat(numbers).isSorted();
        }
    }

    private static Outcome apply(ReceivedEvent event, Connection tx) throws SQLException {
        try (var insert = tx.prepareStatement("INSERT INTO applied (key, number) VALUES (?, ?)")) {
            insert.setString(1, event.key());
            insert.setInt(2, Integer.parseInt(new String(event.payload(), UTF_8)));
            insert.executeUpdate();
        }
        return Outcome.APPLIED;
    }

    private static void publish(DataSource source, int number) throws SQLException {
        var payload = Integer.toString(number).getBytes(UTF_8);
        var event = new OutboxEvent(EventIds.next(), TOPIC, "child-" + number % CHILDREN, Map.of(), payload);
        Transactions.of(source).run(tx -> {
            new Outbox().publish(tx, List.of(event));
            return event;
        });
    }

    /** What a database that goes away does to its clients. */
    private static void terminateSessions(DataSource database) throws SQLException {
        TestDatabase.query(
                database,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        + "WHERE datname = current_database() AND pid <> pg_backend_pid()");
    }

    private static Map<String, List<Integer>> byChild(DataSource sink) throws SQLException {
        var byChild = new java.util.TreeMap<String, List<Integer>>();
        for (var row : TestDatabase.query(sink, "SELECT key || ' ' || number FROM applied ORDER BY n")) {
            var parts = row.split(" ", 2);
            byChild.computeIfAbsent(parts[0], child -> new ArrayList<>()).add(Integer.valueOf(parts[1]));
        }
        return byChild;
    }
}
