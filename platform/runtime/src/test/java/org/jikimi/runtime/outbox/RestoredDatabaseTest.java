package org.jikimi.runtime.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jikimi.runtime.KafkaClients;
import org.jikimi.runtime.TestDatabase;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.inbox.Inbox;
import org.jikimi.runtime.inbox.InboxConsumer;
import org.jikimi.testkit.Parts;
import org.jikimi.testkit.RestorablePostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A source, whose files are put back to an earlier time, and those who have heard more of it than it remembers. */
class RestoredDatabaseTest {
    private static final AtomicInteger TOPICS = new AtomicInteger();

    private final RestorablePostgres postgres = RestorablePostgres.start();
    private final RunningParts running = new RunningParts();
    private DataSource source;
    private String topic;
    private String markTopic;

    @BeforeEach
    void aSource() throws SQLException {
        topic = "RestoredDatabaseTest" + TOPICS.incrementAndGet();
        markTopic = topic + ".relay-mark";
        Parts.kafka().createTopics(3, topic);
        Parts.kafka().createTopics(1, markTopic);
        TestDatabase.execute(postgres.database("postgres"), "CREATE DATABASE source");
        source = postgres.database("source");
        TestDatabase.prepare(source, 1_000_000);
    }

    @AfterEach
    void stop() throws Exception {
        running.stop();
        postgres.close();
    }

    @Test
    void whatOthersSawIsNeitherLostNorAppliedTwiceAfterTheSourceWasRestored() throws Exception {
        var sink = sink(Parts.postgres().newPooledDatabase("empty", empty -> {}));
        startRelay();
        startConsumer("steadfast", sink);
        publish("before ", 5);
        await().untilAsserted(() -> assertThat(Diary.entries(sink)).hasSize(5));
        stopRelayAndBackUp();
        startRelay();
        publish("lost ", 5);
        await().untilAsserted(() -> assertThat(Diary.entries(sink)).hasSize(10));

        stopRelayAndRestore();
        startRelay();
        publish("after ", 5);

        await().untilAsserted(() -> assertThat(Diary.entries(sink)).hasSize(15));
        await().untilAsserted(() -> assertThat(KafkaClients.readAll(topic)).hasSize(20));
        assertThat(Diary.entries(sink))
                .as("first seen order of child-0")
                .containsSubsequence("before 0", "lost 0", "after 0");
        assertThat(Diary.entries(sink)).doesNotHaveDuplicates().hasSize(15);
    }

    @Test
    void aConsumerThatWasRestoredTooReadsAgainFromItsRestoredOffsets() throws Exception {
        TestDatabase.execute(postgres.database("postgres"), "CREATE DATABASE sink");
        sink(postgres.database("sink"));
        startRelay();
        var consumer = startConsumer("restored", postgres.database("sink"));
        publish("before ", 5);
        await().untilAsserted(() ->
                assertThat(Diary.entries(postgres.database("sink"))).hasSize(5));
        running.stop();
        postgres.backUp();
        startRelay();
        startConsumer("restored", postgres.database("sink"));
        publish("lost ", 5);
        await().untilAsserted(() ->
                assertThat(Diary.entries(postgres.database("sink"))).hasSize(10));

        postgres.restore(); // under the running relay and consumer

        publish("after ", 5);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(Diary.entries(postgres.database("sink"))).hasSize(15));
        assertThat(Diary.entries(postgres.database("sink")))
                .doesNotHaveDuplicates()
                .containsSubsequence("before 1", "lost 1", "after 1");
        assertThat(consumer).isNotNull();
    }

    @Test
    void keptEventsAreSentAgainUnderTheirIdsAndNumbersAndMarkedAsResent() throws Exception {
        sendAndLose(3, 1);

        startRelay();

        await().untilAsserted(() -> assertThat(KafkaClients.readAll(topic)).hasSize(7));
        var sent = KafkaClients.readAll(topic);
        var again = sent.stream()
                .filter(kafka -> !header(kafka, "ce_resent").isEmpty())
                .toList();
        assertThat(again).hasSize(3);
        for (var kafka : again) {
            var first = sent.stream()
                    .filter(other -> header(other, "ce_id").equals(header(kafka, "ce_id")))
                    .findFirst()
                    .orElseThrow();
            assertThat(first.value()).isEqualTo(kafka.value());
            assertThat(header(first, "ce_resent")).isEmpty();
            assertThat(header(first, "ce_sequence")).isEqualTo(header(kafka, "ce_sequence"));
        }
    }

    @Test
    void numbersGoOnWhereOthersHaveSeenThemEnd() throws Exception {
        sendAndLose(1, 7);
        var highest = KafkaClients.readAll(topic).stream()
                .mapToLong(kafka -> Long.parseLong(header(kafka, "ce_sequence")))
                .max()
                .orElseThrow();
        startRelay();
        await().untilAsserted(() -> assertThat(restores()).hasSize(1));

        publish("after ", 1);

        await().untilAsserted(() -> assertThat(KafkaClients.readAll(topic))
                .filteredOn(kafka -> new String(kafka.value(), UTF_8).startsWith("after"))
                .singleElement()
                .satisfies(kafka ->
                        assertThat(Long.parseLong(header(kafka, "ce_sequence"))).isGreaterThan(highest)));
        assertThat(TestDatabase.query(source, "SELECT last_lost FROM relay_restore"))
                .containsExactly(Long.toString(highest));
    }

    @Test
    void aRestoreIsRecognisedEvenIfTheServiceHasWrittenMoreThanWasLostBeforeItsRelayLeads() throws Exception {
        sendAndLose(1, 1);
        publish("unnoticed ", 50);

        startRelay();

        await().untilAsserted(() -> assertThat(restores()).hasSize(1));
        await().untilAsserted(() -> assertThat(payloads())
                .filteredOn(text -> text.startsWith("unnoticed"))
                .hasSize(50));
    }

    @Test
    void aLostEventIsCountedAsLostEvenIfItsNumberWasGivenAgainBeforeTheRelayLed() throws Exception {
        sendAndLose(1, 1);
        publish("unnoticed ", 3);

        startRelay();

        await().untilAsserted(() -> assertThat(payloads())
                .filteredOn(text -> text.startsWith("unnoticed"))
                .hasSize(3));
        var lost = KafkaClients.readAll(topic).stream()
                .filter(kafka -> new String(kafka.value(), UTF_8).startsWith("lost"))
                .findFirst()
                .orElseThrow();
        assertThat(TestDatabase.query(
                        source,
                        "SELECT 1 FROM relay_restore WHERE " + header(lost, "ce_sequence")
                                + " BETWEEN first_lost AND last_lost"))
                .hasSize(1);
        var idsByNumber = KafkaClients.readAll(topic).stream()
                .collect(Collectors.groupingBy(
                        kafka -> header(kafka, "ce_sequence"),
                        Collectors.mapping(kafka -> header(kafka, "ce_id"), Collectors.toSet())));
        assertThat(idsByNumber.values())
                .as("ids by number")
                .allSatisfy(ids -> assertThat(ids).hasSize(1));
    }

    @Test
    void aNumberThatAnOpenTransactionHoldsIsNotSettled() throws Exception {
        startRelay();
        try (var late = source.getConnection();
                var insert = late.createStatement()) {
            late.setAutoCommit(false);
            insert.execute("INSERT INTO outbox (id, type, key, headers, payload) VALUES (gen_random_uuid(), '" + topic
                    + "', 'child-0', '', '')");
            for (int pass = 1; pass <= 4; pass++) {
                publish("meanwhile ", 1);
                int sent = pass;
                await().untilAsserted(
                                () -> assertThat(KafkaClients.readAll(topic)).hasSize(sent));
            }
            assertThat(settled()).isZero();
            late.commit();
        }

        await().untilAsserted(() -> {
            publish("later ", 1);
            assertThat(settled()).isGreaterThan(4);
        });
    }

    @Test
    void aCrashAtAnyStepIsNotTakenForARestore() throws Exception {
        for (var crash : Relay.Step.values()) {
            startRelay(step -> {
                if (step == crash) {
                    throw new IllegalStateException("planted crash at " + step);
                }
            });
            publish(crash + " ", 1);
            await().until(() -> !TestDatabase.query(source, "SELECT 1 FROM relay_position WHERE announced > 0")
                    .isEmpty());
            running.stop();
        }
        startRelay();

        await().untilAsserted(() -> assertThat(payloads().stream().distinct()).hasSize(Relay.Step.values().length));
        assertThat(restores()).isEmpty();
    }

    private void startRelay() {
        startRelay(step -> {});
    }

    private void startRelay(Relay.FailPoint failPoint) {
        var marks = new RelayMarks(markTopic, () -> KafkaClients.consumer("marks"));
        running.start(new Relay(
                source, KafkaClients::producer, 100, Duration.ofMillis(5), failPoint, marks, KafkaClients::topicIds));
    }

    private InboxConsumer startConsumer(String name, DataSource sink) {
        var inbox = new Inbox(name, Transactions.of(sink), new Outbox(), Diary::apply, step -> {});
        return running.start(new InboxConsumer(
                List.of(topic),
                inbox,
                () -> KafkaClients.consumer(name + topic),
                KafkaClients::topicIds,
                Duration.ofMillis(50)));
    }

    /** Others have heard of both; the source is put back to when it knew the first ones alone, and its relay stands. */
    private void sendAndLose(int before, int lost) throws Exception {
        startRelay();
        publish("before ", before);
        await().untilAsserted(() -> assertThat(KafkaClients.readAll(topic)).hasSize(before));
        stopRelayAndBackUp();
        startRelay();
        publish("lost ", lost);
        await().untilAsserted(() -> assertThat(KafkaClients.readAll(topic)).hasSize(before + lost));
        stopRelayAndRestore();
    }

    /** The relay alone: others go on. */
    private void stopRelay() throws Exception {
        running.stop(Relay.class::isInstance);
    }

    private void stopRelayAndBackUp() throws Exception {
        stopRelay();
        postgres.backUp();
    }

    private void stopRelayAndRestore() throws Exception {
        stopRelay();
        postgres.restore();
    }

    private DataSource sink(DataSource database) throws SQLException {
        TestDatabase.prepare(database, 1_000_000);
        Diary.create(database);
        return database;
    }

    private List<String> restores() throws SQLException {
        return TestDatabase.query(source, "SELECT incarnation FROM relay_restore");
    }

    /** The number up to which no event can be added any more. */
    private long settled() throws SQLException {
        return Long.parseLong(TestDatabase.query(source, "SELECT settled_seq FROM relay_position")
                .getFirst());
    }

    private List<String> payloads() {
        return KafkaClients.readAll(topic).stream()
                .map(kafka -> new String(kafka.value(), UTF_8))
                .toList();
    }

    private void publish(String name, int events) throws SQLException {
        for (int i : IntStream.range(0, events).toArray()) {
            var event = new OutboxEvent(
                    EventIds.next(), topic, "child-" + i, Map.of("ce_source", "/test"), (name + i).getBytes(UTF_8));
            Transactions.of(source).run(tx -> {
                new Outbox().publish(tx, List.of(event));
                return event;
            });
        }
    }

    /** Empty if there is no such header. */
    private static String header(ConsumerRecord<String, byte[]> kafka, String name) {
        var header = kafka.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }
}
