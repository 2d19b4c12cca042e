package org.jikimi.runtime.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jikimi.runtime.KafkaClients;
import org.jikimi.runtime.TestDatabase;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.testkit.Parts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RelayTest {
    private static final Relay.FailPoint NEVER = step -> {};
    private static final AtomicInteger TOPICS = new AtomicInteger();

    private final Outbox outbox = new Outbox();
    private final List<Relay> relays = new ArrayList<>();
    private String topic;
    private DataSource database;

    @BeforeEach
    void newDatabaseAndTopic() throws SQLException {
        database = TestDatabase.create();
        topic = "RelayTest" + TOPICS.incrementAndGet();
        Parts.kafka().createTopics(3, topic);
        Parts.kafka().createTopics(1, topic + ".relay-mark");
    }

    @AfterEach
    void stopRelays() {
        relays.forEach(Relay::close);
    }

    @Test
    void anEventOfARolledBackChangeIsNeverSent() throws SQLException {
        start(NEVER);
        assertThatThrownBy(() -> Transactions.of(database).run(tx -> {
                    outbox.publish(tx, List.of(event("child-1", "lost")));
                    throw new IllegalStateException("the change fails");
                }))
                .hasMessage("the change fails");
        publish("child-1", "kept");
        await().untilAsserted(() -> assertThat(sent()).containsExactly("kept"));
    }

    @Test
    void anEarlyNumberThatCommitsLateIsSentAllTheSame() throws SQLException {
        start(NEVER);
        try (var late = database.getConnection()) {
            late.setAutoCommit(false);
            outbox.publish(late, List.of(event("child-1", "early number, late commit")));
            publish("child-2", "later number, early commit");
            await().untilAsserted(() -> assertThat(sent()).containsExactly("later number, early commit"));
            late.commit();
        }
        await().untilAsserted(() -> assertThat(sent())
                .containsExactlyInAnyOrder("later number, early commit", "early number, late commit"));
    }

    @Test
    void idSequenceAndHeadersTravelWithTheEvent() throws SQLException {
        start(NEVER);
        var event = event("child-1", "{}");
        Transactions.of(database).run(tx -> {
            outbox.publish(tx, List.of(event));
            return event;
        });
        await().untilAsserted(() -> assertThat(KafkaClients.readAll(topic))
                .singleElement()
                .satisfies(kafka -> {
                    assertThat(kafka.key()).isEqualTo("child-1");
                    assertThat(header(kafka, "ce_id")).isEqualTo(event.id().toString());
                    assertThat(header(kafka, "ce_sequence")).isEqualTo("1");
                    assertThat(header(kafka, "ce_source")).isEqualTo("/test");
                }));
    }

    @Test
    void aPayloadOver256KiBIsRefusedWithItsTransaction() throws SQLException {
        assertThatThrownBy(() -> publish("child-1", "x".repeat(262_145))).isInstanceOf(SQLException.class);
        assertThat(TestDatabase.query(database, "SELECT id FROM outbox")).isEmpty();
    }

    @Test
    void onlyOneRelayLeadsAndAnotherTakesOverWhenItsSessionIsLost() throws SQLException {
        start(NEVER);
        await().until(() -> relays.getFirst().isLeading());
        start(NEVER);
        publish("child-1", "first");
        await().untilAsserted(() -> assertThat(sent()).containsExactly("first"));
        assertThat(relays).filteredOn(Relay::isLeading).hasSize(1);

        relays.getFirst().close();
        publish("child-1", "second");

        await().untilAsserted(() -> assertThat(sent()).containsExactly("first", "second"));
        assertThat(relays.getLast().isLeading()).isTrue();
    }

    @Test
    void aRelayThatIsToEndSavesThePageInHandSoThatTheNextOneSendsNothingTwice() throws SQLException {
        start(this::endingTheRelayOnceTheBrokerHasAnEvent, NEVER);
        await().until(() -> relays.getFirst().isLeading());
        publish("child-1", "in hand");
        await().until(() -> !relays.getFirst().isLeading());
        start(NEVER);

        publish("child-1", "left to the next");

        await().untilAsserted(() -> assertThat(sent()).contains("left to the next"));
        assertThat(sent()).containsExactly("in hand", "left to the next");
    }

    @SuppressWarnings("unchecked")
    private Producer<String, byte[]> endingTheRelayOnceTheBrokerHasAnEvent() {
        var real = KafkaClients.producer();
        return (Producer<String, byte[]>) Proxy.newProxyInstance(
                RelayTest.class.getClassLoader(), new Class<?>[] {Producer.class}, (proxy, method, arguments) -> {
                    var result = method.invoke(real, arguments);
                    if (method.getName().equals("send")
                            && ((ProducerRecord<?, ?>) arguments[0]).topic().equals(topic)) {
                        ((Future<?>) result).get();
                        relays.getFirst().finish();
                    }
                    return result;
                });
    }

    @Test
    void aLeaderThatHasBeenReplacedCannotSaveItsPosition() throws SQLException {
        try (var first = database.getConnection();
                var second = database.getConnection()) {
            var old = Position.takeOver(first);
            Position.takeOver(second);
            assertThatThrownBy(() -> old.after(7).save(first)).hasMessageContaining("another relay leads");
        }
    }

    @Test
    void aDatabaseSessionThatIsTerminatedLosesNothing() throws SQLException {
        start(NEVER);
        publish("child-1", "before");
        await().untilAsserted(() -> assertThat(sent()).containsExactly("before"));
        TestDatabase.query(
                database,
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = 2 "
                        + "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
        publish("child-1", "after");
        await().untilAsserted(() -> assertThat(sent()).containsExactly("before", "after"));
    }

    @ParameterizedTest
    @EnumSource(Relay.Step.class)
    void aCrashAtAnyStepLosesNothingAndKeepsTheOrder(Relay.Step crash) throws SQLException {
        for (int i = 1; i <= 250; i++) {
            publish("child-1", "" + i); // three pages
        }
        var crashes = new AtomicInteger();
        start(step -> {
            if (step == crash && crashes.getAndIncrement() == 0) {
                throw new IllegalStateException("planted crash at " + step);
            }
        });

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(firstArrivals())
                        .isEqualTo(IntStream.rangeClosed(1, 250)
                                .mapToObj(Integer::toString)
                                .toList()));
        assertThat(crashes.get()).isPositive();
    }

    @Test
    void aFailedSendClosesItsProducerBeforeAnythingElseIsSent() throws SQLException {
        for (int i = 1; i <= 6; i++) {
            publish("child-1", "" + i);
        }
        var history = Collections.synchronizedList(new ArrayList<String>());
        start(() -> failingOnceAfterThree(history), NEVER);

        await().untilAsserted(() -> assertThat(firstArrivals()).containsExactly("1", "2", "3", "4", "5", "6"));

        assertThat(history.subList(0, 2)).containsExactly("made", "closed without delay");
        assertThat(history.subList(2, 3)).containsExactly("made");
    }

    /**
     * A producer that does not take the third event, as when it waited too long for the broker, and would take the fourth.
     */
    @SuppressWarnings("unchecked")
    private static Producer<String, byte[]> failingOnceAfterThree(List<String> history) {
        var isFirst = history.isEmpty();
        history.add("made");
        var real = KafkaClients.producer();
        var sends = new AtomicInteger();
        return (Producer<String, byte[]>) Proxy.newProxyInstance(
                RelayTest.class.getClassLoader(), new Class<?>[] {Producer.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("send") && isFirst && sends.incrementAndGet() == 4) {
                        return CompletableFuture.failedFuture(new KafkaException("planted"));
                    }
                    if (method.getName().equals("close")) {
                        history.add(
                                arguments != null && Duration.ZERO.equals(arguments[0])
                                        ? "closed without delay"
                                        : "closed");
                    }
                    return method.invoke(real, arguments);
                });
    }

    @Test
    void aKilledBrokerLosesNothingAndKeepsTheOrder() throws SQLException {
        start(NEVER);
        publish("child-1", "1");
        await().untilAsserted(() -> assertThat(sent()).containsExactly("1"));
        Parts.kafka().kill();
        publish("child-1", "2");
        publish("child-1", "3");
        Parts.kafka().restart();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(firstArrivals()).containsExactly("1", "2", "3"));
    }

    @Test
    void randomWritersAndCrashesAtEveryStepLoseNothingAndKeepTheOrderOfEachKey() throws Exception {
        var crashes = new AtomicInteger();
        var dice = new Random(7);
        start(step -> {
            if (crashes.get() < 40 && dice.nextInt(6) == 0) {
                crashes.incrementAndGet();
                throw new IllegalStateException("planted crash at " + step);
            }
        });
        var committed = new ConcurrentHashMap<String, String>();
        try (var writers = Executors.newFixedThreadPool(8)) {
            var done = new ArrayList<Future<?>>();
            for (int w = 0; w < 8; w++) {
                int writer = w;
                done.add(writers.submit(() -> write(writer, committed)));
            }
            for (var writer : done) {
                writer.get();
            }
        }

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(firstArrivals().stream().distinct().count()).isEqualTo(committed.size()));

        assertThat(crashes.get()).as("crashes that were planted").isPositive();
        assertThat(firstArrivals()).containsExactlyInAnyOrderElementsOf(committed.keySet());
        for (var key : sequencesByKey().entrySet()) {
            assertThat(key.getValue()).as("first arrivals of %s", key.getKey()).isSorted();
        }
    }

    private Integer write(int writer, Map<String, String> committed) throws SQLException {
        var dice = new Random(writer);
        for (int i = 0; i < 150; i++) {
            var keys = List.of("child-" + dice.nextInt(10), "child-" + dice.nextInt(10));
            var names = List.of(writer + "." + i + ".a", writer + "." + i + ".b");
            try (var tx = database.getConnection()) {
                tx.setAutoCommit(false);
                outbox.publish(tx, List.of(event(keys.get(0), names.get(0)), event(keys.get(1), names.get(1))));
                if (dice.nextInt(4) == 0) {
                    tx.rollback();
                } else {
                    tx.commit();
                    names.forEach(name -> committed.put(name, name));
                }
            }
        }
        return writer;
    }

    private void start(Relay.FailPoint failPoint) {
        start(KafkaClients::producer, failPoint);
    }

    private void start(Supplier<Producer<String, byte[]>> producers, Relay.FailPoint failPoint) {
        var marks = new RelayMarks(topic + ".relay-mark", () -> KafkaClients.consumer("marks"));
        var relay = new Relay(
                Parts.postgres().unpooled(database),
                producers,
                100,
                Duration.ofMillis(5),
                failPoint,
                marks,
                KafkaClients::topicIds);
        relays.add(relay);
        Thread.ofPlatform().daemon().start(relay);
    }

    private void publish(String key, String payload) throws SQLException {
        Transactions.of(database).run(tx -> {
            outbox.publish(tx, List.of(event(key, payload)));
            return key;
        });
    }

    private OutboxEvent event(String key, String payload) {
        return new OutboxEvent(UUID.randomUUID(), topic, key, Map.of("ce_source", "/test"), payload.getBytes(UTF_8));
    }

    private List<String> sent() {
        return KafkaClients.readAll(topic).stream()
                .map(kafka -> new String(kafka.value(), UTF_8))
                .toList();
    }

    private List<String> firstArrivals() {
        return sent().stream().distinct().toList();
    }

    /** The sequence numbers of each key, by first arrival. */
    private Map<String, List<Long>> sequencesByKey() {
        var byKey = new TreeMap<String, List<Long>>();
        var seen = new HashMap<String, Boolean>();
        for (var kafka : KafkaClients.readAll(topic)) {
            if (seen.put(header(kafka, "ce_id"), true) == null) {
                byKey.computeIfAbsent(kafka.key(), k -> new ArrayList<>())
                        .add(Long.valueOf(header(kafka, "ce_sequence")));
            }
        }
        return byKey;
    }

    private static String header(ConsumerRecord<String, byte[]> kafka, String name) {
        return new String(kafka.headers().lastHeader(name).value(), UTF_8);
    }
}
