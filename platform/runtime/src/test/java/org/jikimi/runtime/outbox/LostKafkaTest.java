package org.jikimi.runtime.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jikimi.runtime.KafkaClients;
import org.jikimi.runtime.TestDatabase;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.inbox.Inbox;
import org.jikimi.runtime.inbox.InboxConsumer;
import org.jikimi.testkit.Parts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Topics that are lost with all they hold and made anew: databases are the truth, and tell everything again. */
class LostKafkaTest {
    private static final AtomicInteger TOPICS = new AtomicInteger();
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int EVENTS = 20;

    private final RunningParts running = new RunningParts();
    private DataSource source;
    private DataSource sink;
    private String topic;
    private String otherTopic;
    private String markTopic;

    @BeforeEach
    void aSourceAndASink() throws SQLException {
        topic = "LostKafkaTest" + TOPICS.incrementAndGet();
        otherTopic = topic + ".other";
        markTopic = topic + ".relay-mark";
        Parts.kafka().createTopics(3, topic, otherTopic);
        Parts.kafka().createTopics(1, markTopic);
        source = TestDatabase.create();
        sink = TestDatabase.create();
        Diary.create(sink);
    }

    @AfterEach
    void stop() throws Exception {
        running.stop();
    }

    @Test
    void whatNobodyHadReadOfALostTopicIsSentAgainAndAppliedOnceInItsOrder() throws Exception {
        startRelay();
        startConsumer();
        publish(topic, "read");
        await().atMost(SOON).untilAsserted(() -> assertThat(Diary.entries(sink)).hasSize(EVENTS));
        stop();
        startRelay();
        publish(topic, "unread");
        await().atMost(SOON).until(() -> KafkaClients.readAll(topic).size() == 2 * EVENTS);
        stop();
        loseTopics();
        publish(topic, "after");

        startRelay();
        startConsumer();

        await().atMost(SOON).untilAsserted(() -> assertThat(Diary.entries(sink)).hasSize(3 * EVENTS));
        assertEachChildInOrder("read", "unread", "after");
        assertThat(KafkaClients.readAll(topic)).hasSize(3 * EVENTS);
        assertThat(KafkaClients.readAll(topic))
                .as("to whoever had not read them they are news")
                .allMatch(kafka -> kafka.headers().lastHeader("ce_resent") == null);
    }

    @Test
    void aTopicThatIsLostUnderARunningRelayAndConsumerIsToldAgain() throws Exception {
        startRelay();
        startConsumer();
        publish(topic, "read");
        publish(otherTopic, "kept");
        await().atMost(SOON).untilAsserted(() -> assertThat(Diary.entries(sink)).hasSize(EVENTS));
        await().atMost(SOON).until(() -> KafkaClients.readAll(otherTopic).size() == EVENTS);

        loseTopics();
        publish(topic, "after");

        await().atMost(SOON).untilAsserted(() -> assertThat(Diary.entries(sink)).hasSize(2 * EVENTS));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(KafkaClients.readAll(topic)).hasSizeGreaterThanOrEqualTo(2 * EVENTS));
        assertEachChildInOrder("read", "after");
        assertThat(KafkaClients.readAll(otherTopic))
                .as("what was kept is not sent again")
                .hasSize(EVENTS);
    }

    @Test
    void aTopicThatWasMadeAnewAndHasGrownPastTheStoredOffsetIsReadFromItsBeginning() throws Exception {
        startRelay();
        startConsumer();
        publish(topic, "read");
        await().atMost(SOON).untilAsserted(() -> assertThat(Diary.entries(sink)).hasSize(EVENTS));
        stop();
        loseTopics();
        for (var name : List.of("a", "b", "c")) {
            publish(topic, name);
        }
        startRelay();
        await().atMost(SOON).until(() -> KafkaClients.readAll(topic).size() == 4 * EVENTS);

        startConsumer();

        await().atMost(SOON).untilAsserted(() -> assertThat(Diary.entries(sink)).hasSize(4 * EVENTS));
        assertEachChildInOrder("read", "a", "b", "c");
    }

    private void loseTopics() {
        for (var lost : List.of(topic, markTopic)) {
            Parts.kafka().deleteTopic(lost);
        }
        Parts.kafka().createTopics(3, topic);
        Parts.kafka().createTopics(1, markTopic);
    }

    private void assertEachChildInOrder(String... names) throws SQLException {
        for (int i = 0; i < EVENTS; i++) {
            var ofChild = " " + i;
            assertThat(Diary.entries(sink))
                    .filteredOn(entry -> entry.endsWith(ofChild))
                    .containsExactlyElementsOf(
                            List.of(names).stream().map(name -> name + ofChild).toList());
        }
    }

    private void startRelay() {
        var marks = new RelayMarks(markTopic, () -> KafkaClients.consumer("marks"));
        running.start(new Relay(
                Parts.postgres().unpooled(source),
                KafkaClients::producer,
                100,
                Duration.ofMillis(5),
                step -> {},
                marks,
                KafkaClients::topicIds));
    }

    private void startConsumer() {
        var inbox = new Inbox("sink", Transactions.of(sink), new Outbox(), Diary::apply, step -> {});
        running.start(new InboxConsumer(
                List.of(topic),
                inbox,
                () -> KafkaClients.consumer("sink" + topic),
                KafkaClients::topicIds,
                Duration.ofMillis(50)));
    }

    private void publish(String to, String name) throws SQLException {
        for (int i : IntStream.range(0, EVENTS).toArray()) {
            var event = new OutboxEvent(
                    EventIds.next(), to, "child-" + i, Map.of("ce_source", "/test"), (name + " " + i).getBytes(UTF_8));
            Transactions.of(source).run(tx -> {
                new Outbox().publish(tx, List.of(event));
                return event;
            });
        }
    }
}
