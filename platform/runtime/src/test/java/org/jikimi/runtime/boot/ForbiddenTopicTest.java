package org.jikimi.runtime.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.kafka.common.acl.AclOperation;
import org.jikimi.runtime.TestDatabase;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.runtime.outbox.OutboxEvent;
import org.jikimi.runtime.outbox.Relay;
import org.jikimi.runtime.outbox.RelayMarks;
import org.jikimi.runtime.outbox.Unsent;
import org.jikimi.testkit.Parts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A topic that a service may not write to holds up its own events, and no others, as one that is missing does. */
class ForbiddenTopicTest {
    private static final AtomicInteger TOPICS = new AtomicInteger();
    private static final Duration SOON = Duration.ofSeconds(60);

    private final String forbidden = "ForbiddenTopicTest" + TOPICS.incrementAndGet();
    private final String other = forbidden + ".other";
    private final String markTopic = forbidden + ".relay-mark";
    private final KafkaClients clients =
            new KafkaClients(new Plain(Parts.kafka().bootstrapServers(), "PLAINTEXT", "", Optional.empty(), markTopic));
    private DataSource database;
    private Relay relay;
    private Thread thread;

    private record Plain(String bootstrap, String security, String user, Optional<String> password, String markTopic)
            implements KafkaSettings {}

    @BeforeEach
    void start() throws SQLException {
        Parts.kafka().createTopics(3, other);
        Parts.kafka().createTopics(1, markTopic);
        database = TestDatabase.create();
        var marks = new RelayMarks(markTopic, () -> clients.consumer(markTopic));
        relay = new Relay(
                Parts.postgres().unpooled(database),
                clients::producer,
                100,
                Duration.ofMillis(5),
                step -> {},
                marks,
                clients::writableTopicIds);
        thread = Thread.ofPlatform().daemon().unstarted(relay);
    }

    @AfterEach
    void stop() throws InterruptedException {
        relay.close();
        thread.join();
        clients.close();
        Parts.kafka().allowAll(forbidden);
    }

    @Test
    void oneThatIsMissingTooWaitsUntilItIsMadeAndMayBeWrittenTo() throws SQLException {
        Parts.kafka().allowOnly(forbidden);

        holdsUpItsOwnEventsAlone();

        Parts.kafka().allowAll(forbidden);
        Parts.kafka().createTopics(3, forbidden);
        isSentAllInItsOrder();
    }

    @Test
    void oneThatIsThereWaitsUntilItMayBeWrittenTo() throws SQLException {
        Parts.kafka().createTopics(3, forbidden);
        Parts.kafka().allowOnly(forbidden, AclOperation.READ);

        holdsUpItsOwnEventsAlone();

        Parts.kafka().allowAll(forbidden);
        isSentAllInItsOrder();
    }

    private void holdsUpItsOwnEventsAlone() throws SQLException {
        thread.start();
        for (var name : List.of("1", "2", "3")) {
            publish(forbidden, name);
            publish(other, name);
        }
        var unsent = new Unsent(database);
        await().atMost(SOON).untilAsserted(() -> assertThat(sent(other)).containsExactly("1", "2", "3"));
        await().atMost(SOON).untilAsserted(() -> {
            unsent.look();
            assertThat(unsent.missingTopics()).containsExactly(forbidden);
        });
    }

    private void isSentAllInItsOrder() throws SQLException {
        publish(forbidden, "4");
        await().atMost(SOON).untilAsserted(() -> assertThat(sent(forbidden)).containsExactly("1", "2", "3", "4"));
    }

    private void publish(String topic, String payload) throws SQLException {
        var event =
                new OutboxEvent(EventIds.next(), topic, "child", Map.of("ce_source", "/test"), payload.getBytes(UTF_8));
        Transactions.of(database).run(tx -> {
            new Outbox().publish(tx, List.of(event));
            return event;
        });
    }

    private static List<String> sent(String topic) {
        return org.jikimi.runtime.KafkaClients.readAll(topic).stream()
                .map(kafka -> new String(kafka.value(), UTF_8))
                .toList();
    }
}
