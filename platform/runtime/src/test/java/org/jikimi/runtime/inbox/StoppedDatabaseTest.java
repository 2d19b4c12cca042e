package org.jikimi.runtime.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jikimi.runtime.KafkaClients;
import org.jikimi.runtime.TestDatabase;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.testkit.Parts;
import org.jikimi.testkit.RestorablePostgres;
import org.junit.jupiter.api.Test;

/** A consumer whose database goes away for a while. */
class StoppedDatabaseTest {
    private static final String TOPIC = "StoppedDatabaseTest";
    private static final Duration STOPPED = Duration.ofSeconds(Boolean.getBoolean("jikimi.long") ? 60 : 3);

    @Test
    void aDatabaseThatIsStoppedForAWhileMakesNoDeadLettersAndLosesNothing() throws Exception {
        Parts.kafka().createTopics(1, TOPIC);
        try (var postgres = RestorablePostgres.start()) {
            var database = postgres.database("postgres");
            TestDatabase.prepare(database, 1_000_000);
            TestDatabase.execute(database, "CREATE TABLE applied (entry text PRIMARY KEY)");
            var inbox =
                    new Inbox("stopped", Transactions.of(database), new Outbox(), StoppedDatabaseTest::apply, s -> {});
            try (var consumer = new InboxConsumer(
                    List.of(TOPIC),
                    inbox,
                    () -> KafkaClients.consumer("stopped"),
                    KafkaClients::topicIds,
                    Duration.ofMillis(100))) {
                Thread.ofPlatform().daemon().start(consumer);
                send("before");
                await().untilAsserted(() -> assertThat(applied(database)).containsExactly("before"));

                postgres.whileStopped(() -> {
                    send("meanwhile 1");
                    send("meanwhile 2");
                    await().during(STOPPED).atMost(STOPPED.multipliedBy(2)).until(() -> true);
                });
                send("then");

                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(applied(database))
                                .containsExactly("before", "meanwhile 1", "meanwhile 2", "then"));
                assertThat(TestDatabase.query(database, "SELECT code FROM inbox_parked"))
                        .isEmpty();
                assertThat(TestDatabase.query(database, "SELECT type FROM outbox"))
                        .as("dead letters")
                        .isEmpty();
                await().untilAsserted(() -> assertThat(offsetForLagTools()).isEqualTo(4));
            }
        }
    }

    private static void send(String entry) throws ExecutionException, InterruptedException {
        try (var producer = KafkaClients.producer()) {
            var kafka = new ProducerRecord<>(TOPIC, "child-1", entry.getBytes(UTF_8));
            kafka.headers().add("ce_id", EventIds.next().toString().getBytes(UTF_8));
            producer.send(kafka).get();
        }
    }

    private static Outcome apply(ReceivedEvent event, Connection tx) throws SQLException {
        try (var insert = tx.prepareStatement("INSERT INTO applied (entry) VALUES (?)")) {
            insert.setString(1, new String(event.payload(), UTF_8));
            insert.executeUpdate();
        }
        return Outcome.APPLIED;
    }

    private static List<String> applied(DataSource database) throws SQLException {
        return TestDatabase.query(database, "SELECT entry FROM applied ORDER BY 1");
    }

    /** The copy in Kafka of the offset that counts; 0 if there is none. */
    private static long offsetForLagTools() {
        var partition = new TopicPartition(TOPIC, 0);
        try (var consumer = KafkaClients.consumer("stopped")) {
            var committed = consumer.committed(Set.of(partition)).get(partition);
            return committed == null ? 0 : committed.offset();
        }
    }
}
