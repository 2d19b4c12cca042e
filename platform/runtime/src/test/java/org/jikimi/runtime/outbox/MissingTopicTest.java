package org.jikimi.runtime.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jikimi.runtime.KafkaClients;
import org.jikimi.runtime.TestDatabase;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.testkit.Parts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A topic that Kafka does not have holds up its own events, and no others. */
class MissingTopicTest {
    private static final AtomicInteger TOPICS = new AtomicInteger();
    private static final long WIDTH = 20;
    private static final Duration SOON = Duration.ofSeconds(60);

    private final RunningParts running = new RunningParts();
    private DataSource database;
    private Unsent unsent;
    private String missing;
    private String other;
    private String markTopic;

    @BeforeEach
    void oneOfTwoTopicsIsMissing() throws SQLException {
        missing = "MissingTopicTest" + TOPICS.incrementAndGet();
        other = missing + ".other";
        markTopic = missing + ".relay-mark";
        Parts.kafka().createTopics(3, other);
        Parts.kafka().createTopics(1, markTopic);
        database = TestDatabase.create();
        unsent = new Unsent(database);
    }

    @AfterEach
    void stop() throws Exception {
        running.stop();
    }

    @Test
    void itsEventsWaitWhileThoseOfOtherTopicsGoOnAndAreSentInTheirOrderWhenItIsMade() throws SQLException {
        startRelay(step -> {});
        for (var name : List.of("1", "2", "3")) {
            publish(missing, name);
            publish(other, name);
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(sent(other)).containsExactly("1", "2", "3"));
        await().atMost(SOON).untilAsserted(() -> {
            unsent.look();
            assertThat(unsent.missingTopics()).containsExactly(missing);
            assertThat(unsent.oldest()).as("of what goes on").isZero();
        });

        Parts.kafka().createTopics(3, missing);

        publish(missing, "4");
        await().atMost(SOON).untilAsserted(() -> assertThat(sent(missing)).containsExactly("1", "2", "3", "4"));
        await().atMost(SOON).untilAsserted(() -> {
            unsent.look();
            assertThat(unsent.missingTopics()).isEmpty();
        });
        assertThat(sent(other)).containsExactly("1", "2", "3");
    }

    @Test
    void aTopicThatIsDeletedUnderARunningRelayHoldsUpItsOwnAloneUntilItIsMadeAnew() throws SQLException {
        Parts.kafka().createTopics(3, missing);
        startRelay(step -> {});
        publish(missing, "before");
        await().atMost(SOON).untilAsserted(() -> assertThat(sent(missing)).containsExactly("before"));
        Parts.kafka().deleteTopic(missing);

        publish(missing, "while it is away");
        publish(other, "goes on");

        await().atMost(SOON).untilAsserted(() -> assertThat(sent(other)).contains("goes on"));
        await().atMost(SOON).untilAsserted(() -> assertThat(waiting()).containsExactly(missing));
        Parts.kafka().createTopics(3, missing);
        publish(missing, "after");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(sent(missing).stream().distinct())
                        .containsExactly("before", "while it is away", "after"));
    }

    @Test
    void nothingThatWaitsIsLostOrOvertakenByCrashesBeforeAndAfterTheTopicIsMade() throws Exception {
        var names = IntStream.range(0, 300).mapToObj(Integer::toString).toList();
        var crashes = new AtomicInteger();
        var dice = new Random(9);
        startRelay(step -> {
            if (crashes.get() < 12 && dice.nextInt(3) == 0) {
                crashes.incrementAndGet();
                throw new IllegalStateException("planted crash at " + step);
            }
        });
        for (var name : names.subList(0, 150)) {
            publish(missing, name);
            publish(other, name);
        }
        await().atMost(SOON).until(() -> sent(other).contains("149"));

        Parts.kafka().createTopics(3, missing);

        for (var name : names.subList(150, 300)) {
            publish(missing, name);
            publish(other, name);
        }
        for (var topic : List.of(missing, other)) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(sent(topic).stream().distinct())
                            .as(topic)
                            .containsExactlyElementsOf(names));
        }
        assertThat(crashes.get()).isPositive();
    }

    @Test
    void aNewLeaderKnowsWhatWaits() throws Exception {
        startRelay(step -> {});
        publish(missing, "1");
        publish(other, "1");
        await().atMost(SOON).untilAsserted(() -> assertThat(sent(other)).containsExactly("1"));
        stop();
        Parts.kafka().createTopics(3, missing);

        startRelay(step -> {});

        publish(missing, "2");
        await().atMost(SOON).untilAsserted(() -> assertThat(sent(missing)).containsExactly("1", "2"));
    }

    @Test
    void aRelayOfTheReleaseBeforeDoesNotLeadWhileEventsWait() throws Exception {
        var takesOver = "UPDATE relay_position SET epoch = epoch + 1";
        TestDatabase.execute(database, takesOver);
        startRelay(step -> {});
        publish(missing, "1");
        await().atMost(SOON).untilAsserted(() -> assertThat(waiting()).containsExactly(missing));

        assertThatThrownBy(() -> TestDatabase.execute(database, takesOver))
                .hasMessageContaining("events wait for missing topics");

        stop();
        try (var session = database.getConnection()) {
            Position.takeOver(session);
        }
    }

    @Test
    void whatWaitsWhenItsDatabaseIsRestoredIsNewsToAll() throws Exception {
        startRelay(step -> {});
        publish(missing, "1");
        publish(other, "1");
        await().atMost(SOON).untilAsserted(() -> assertThat(sent(other)).containsExactly("1"));
        stop();

        Transactions.of(database).run(Resending::allMarked);

        assertThat(TestDatabase.query(
                        database, "SELECT type FROM outbox WHERE headers ~ 'ce_resent' AND seq > 2 ORDER BY seq"))
                .containsExactly(other);
    }

    @Test
    void whatWaitsIsNotDroppedWithItsPartition() throws SQLException {
        database = TestDatabase.create(WIDTH);
        var partitions = new OutboxPartitions(database, WIDTH);
        partitions.createAhead(20);
        startRelay(step -> {});
        publish(missing, "waits");
        publish(other, "goes on");
        await().atMost(SOON).untilAsserted(() -> assertThat(sent(other)).containsExactly("goes on"));
        TestDatabase.execute(
                database, "DO $$ BEGIN FOR i IN 1..60 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$");
        publish(other, "later");
        await().atMost(SOON).untilAsserted(() -> assertThat(sent(other)).containsExactly("goes on", "later"));

        partitions.dropSent(Duration.ZERO);

        assertThat(TestDatabase.query(database, "SELECT count(*) FROM outbox WHERE type = '" + missing + "'"))
                .containsExactly("1");
    }

    @Test
    void aTransactionThatIsOpenWhileEventsAreInsertedAgainComesAfterThem() throws Exception {
        startRelay(step -> {});
        publish(missing, "1");
        publish(missing, "2");
        await().atMost(SOON).untilAsserted(() -> assertThat(waiting()).isNotEmpty());
        stop();
        var slow = relay(step -> {}, Duration.ofMinutes(5));
        try (var open = database.getConnection()) {
            open.setAutoCommit(false);
            new Outbox().publish(open, List.of(event(missing, "3")));
            Parts.kafka().createTopics(3, missing);
            running.start(slow);
            await().atMost(SOON).until(() -> waiting().isEmpty());
            open.commit();
        }

        await().atMost(SOON).untilAsserted(() -> {
            slow.wake();
            assertThat(sent(missing)).containsExactly("1", "2", "3");
        });
    }

    @Test
    void whatWaitsForATopicWaitsOnWhenAnotherIsMadeWhileATransactionIsOpen() throws Exception {
        var third = missing + ".third";
        startRelay(step -> {});
        try (var open = database.getConnection()) {
            open.setAutoCommit(false);
            try (var numbered = open.createStatement()) {
                numbered.execute("SELECT pg_current_xact_id()");
            }
            publish(missing, "1");
            publish(third, "1");
            await().atMost(SOON).untilAsserted(() -> assertThat(waiting()).containsExactly(missing, third));
            Parts.kafka().createTopics(3, missing);
            await().atMost(SOON).untilAsserted(() -> assertThat(sent(missing)).containsExactly("1"));
            await().atMost(SOON).untilAsserted(() -> assertThat(waiting()).containsExactly(third));

            Parts.kafka().createTopics(3, third);

            await().atMost(SOON).untilAsserted(() -> assertThat(waiting()).isEmpty());
            publish(third, "2");
            await().atMost(SOON).untilAsserted(() -> assertThat(sent(third)).containsExactly("1", "2"));
        }
    }

    @Test
    void whatWaitsForATopicIsNotInsertedAgainWhenAnotherIsMade() throws SQLException {
        var third = missing + ".third";
        startRelay(step -> {});
        publish(missing, "1");
        publish(third, "1");
        await().atMost(SOON).untilAsserted(() -> assertThat(waiting()).containsExactly(missing, third));

        Parts.kafka().createTopics(3, missing);

        await().atMost(SOON).untilAsserted(() -> assertThat(sent(missing)).containsExactly("1"));
        publish(third, "2");
        assertThat(TestDatabase.query(database, "SELECT count(*) FROM outbox WHERE type = '" + third + "'"))
                .containsExactly("2");
        Parts.kafka().createTopics(3, third);
        await().atMost(SOON).untilAsserted(() -> assertThat(sent(third)).containsExactly("1", "2"));
    }

    @Test
    void whatWaitsForATopicWaitsOnWhenOthersAreMadeAnew() throws SQLException {
        var third = missing + ".third";
        startRelay(step -> {});
        publish(third, "1");
        publish(missing, "1");
        publish(other, "1");
        await().atMost(SOON).untilAsserted(() -> assertThat(waiting()).containsExactly(missing, third));
        Parts.kafka().createTopics(3, missing);
        await().atMost(SOON).untilAsserted(() -> assertThat(sent(missing)).containsExactly("1"));
        await().atMost(SOON).untilAsserted(() -> assertThat(waiting()).containsExactly(third));
        Parts.kafka().deleteTopic(other);
        Parts.kafka().createTopics(3, other);
        await().atMost(SOON).untilAsserted(() -> assertThat(sent(other)).containsExactly("1"));
        await().atMost(SOON).untilAsserted(() -> assertThat(waiting()).containsExactly(third));

        Parts.kafka().createTopics(3, third);

        publish(third, "2");
        await().atMost(SOON).untilAsserted(() -> assertThat(sent(third)).containsExactly("1", "2"));
    }

    private List<String> waiting() throws SQLException {
        return TestDatabase.query(database, "SELECT topic FROM relay_missing ORDER BY topic");
    }

    private void startRelay(Relay.FailPoint failPoint) {
        running.start(relay(failPoint, Duration.ofMillis(5)));
    }

    private Relay relay(Relay.FailPoint failPoint, Duration poll) {
        var marks = new RelayMarks(markTopic, () -> KafkaClients.consumer("marks"));
        return new Relay(
                Parts.postgres().unpooled(database),
                KafkaClients::producer,
                100,
                poll,
                failPoint,
                marks,
                KafkaClients::topicIds);
    }

    private void publish(String topic, String payload) throws SQLException {
        var event = event(topic, payload);
        Transactions.of(database).run(tx -> {
            new Outbox().publish(tx, List.of(event));
            return event;
        });
    }

    /** All of one child. */
    private static OutboxEvent event(String topic, String payload) {
        return new OutboxEvent(EventIds.next(), topic, "child", Map.of("ce_source", "/test"), payload.getBytes(UTF_8));
    }

    private static List<String> sent(String topic) {
        return KafkaClients.readAll(topic).stream()
                .map(kafka -> new String(kafka.value(), UTF_8))
                .toList();
    }
}
