package org.jikimi.runtime.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jikimi.runtime.KafkaClients;
import org.jikimi.runtime.TestDatabase;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.event.Json;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.runtime.outbox.Relay;
import org.jikimi.testkit.Parts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Undeserialisable or keyless: the dead-letter topic. */
class DeadLetterTest {
    private static final String TOPIC = "DeadLetterTest";
    private static final String DEAD = "strict." + TOPIC + ".dlq";
    private static final String SECRET = "Gil-dong of house 7";

    /** What the consumer is told. */
    record Note(String text) {}

    @Test
    void whatIsNoEventGoesToTheDeadLetterTopicWithItsReasonAndAllElseIsApplied() throws Exception {
        Parts.kafka().createTopics(1, TOPIC, DEAD);
        var database = TestDatabase.create();
        TestDatabase.execute(database, "CREATE TABLE applied (n bigint GENERATED ALWAYS AS IDENTITY, text text)");
        var logged = Collections.synchronizedList(new ArrayList<String>());
        var log = listen(logged);
        sendAll();

        var inbox = new Inbox("strict", Transactions.of(database), new Outbox(), DeadLetterTest::apply, step -> {});
        try (var relay = new Relay(
                        Parts.postgres().unpooled(database),
                        KafkaClients::producer,
                        50,
                        Duration.ofMillis(5),
                        step -> {},
                        null,
                        KafkaClients::topicIds);
                var consumer = new InboxConsumer(
                        List.of(TOPIC),
                        inbox,
                        () -> KafkaClients.consumer("strict"),
                        KafkaClients::topicIds,
                        Duration.ofMillis(50))) {
            Thread.ofPlatform().daemon().start(relay);
            Thread.ofPlatform().daemon().start(consumer);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(applied(database)).contains("last"));
            await().untilAsserted(() -> assertThat(KafkaClients.readAll(DEAD)).hasSizeGreaterThanOrEqualTo(13));
        } finally {
            Logger.getLogger("org.jikimi").removeHandler(log);
        }

        assertThat(applied(database)).containsExactly("first", "after no key", "after no JSON", "last");
        assertThat(KafkaClients.readAll(DEAD).stream()
                        .map(DeadLetterTest::reasonAndPlace)
                        .toList())
                .containsExactly(
                        "NO_KEY 1",
                        "NO_KEY 2",
                        "NO_KEY 3",
                        "NO_KEY 4",
                        "NO_ID 6",
                        "ID_NOT_UUIDV7 7",
                        "ID_NOT_UUIDV7 8",
                        "TOO_LARGE 9",
                        "NO_KEY 10",
                        "NOT_JSON 11",
                        "NOT_JSON 12",
                        "NOT_JSON 13",
                        "OTHER_JSON 15");
        assertThat(TestDatabase.query(database, "SELECT key || ' ' || reason || ' ' || code FROM inbox_parked"))
                .as("what another version of this service may know how to read")
                .containsExactly("child-3 FAILED OTHER_JSON");
        assertThat(logged).hasSizeGreaterThanOrEqualTo(13).noneMatch(line -> line.contains("Gil-dong"));
    }

    private static void sendAll() throws Exception {
        var good = EventIds.next().toString();
        try (var producer = KafkaClients.producer()) {
            send(producer, "child-1", good, note("first"));
            send(producer, null, EventIds.next().toString(), note(SECRET));
            send(producer, "", EventIds.next().toString(), note(SECRET));
            send(producer, "nul \0", EventIds.next().toString(), note(SECRET));
            send(producer, "long".repeat(2_000), EventIds.next().toString(), note(SECRET));
            send(producer, "child-1", EventIds.next().toString(), note("after no key"));
            send(producer, "child-1", null, note(SECRET));
            send(producer, "child-1", SECRET, note(SECRET));
            send(producer, "child-1", UUID.randomUUID().toString(), note(SECRET));
            send(producer, "child-1", EventIds.next().toString(), note(SECRET.repeat(20_000)));
            sendWithOddHeaders(producer);
            send(producer, "child-1", EventIds.next().toString(), SECRET);
            send(producer, "child-1", EventIds.next().toString(), "{\"text\":\"" + SECRET);
            send(producer, "child-1", EventIds.next().toString(), null);
            send(producer, "child-1", EventIds.next().toString(), note("after no JSON"));
            send(producer, "child-3", EventIds.next().toString(), "[\"" + SECRET + "\"]");
            send(producer, "child-1", EventIds.next().toString(), note("last"));
        }
    }

    private static void send(
            Producer<String, byte[]> producer, @Nullable String key, @Nullable String id, @Nullable String body)
            throws Exception {
        var kafka = new ProducerRecord<>(TOPIC, key, body == null ? null : body.getBytes(UTF_8));
        if (id != null) {
            kafka.headers().add("ce_id", id.getBytes(UTF_8));
        }
        producer.send(kafka).get();
    }

    /** Headers that no table and, given back in full, no broker would take. */
    private static void sendWithOddHeaders(Producer<String, byte[]> producer) throws Exception {
        var kafka = new ProducerRecord<String, byte[]>(TOPIC, null, note(SECRET).getBytes(UTF_8));
        kafka.headers().add("", "nameless".getBytes(UTF_8));
        kafka.headers().add("line\nbreak:", "nul \0\r\n".getBytes(UTF_8));
        kafka.headers().add("vast", new byte[1_000_000]);
        kafka.headers().add("nothing", null);
        producer.send(kafka).get();
    }

    private static String note(String text) {
        return new String(Json.write(new Note(text)), UTF_8);
    }

    private static Outcome apply(ReceivedEvent event, Connection tx) throws SQLException {
        try (var insert = tx.prepareStatement("INSERT INTO applied (text) VALUES (?)")) {
            insert.setString(1, Json.read(event.payload(), Note.class).text());
            insert.executeUpdate();
        }
        return Outcome.APPLIED;
    }

    private static List<String> applied(DataSource database) throws SQLException {
        return TestDatabase.query(database, "SELECT text FROM applied ORDER BY n");
    }

    private static String reasonAndPlace(ConsumerRecord<String, byte[]> dead) {
        var headers = new HashMap<String, String>();
        dead.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        assertThat(headers).containsKeys("jikimi_failedid", "ce_id");
        assertThat(UUID.fromString(headers.get("ce_id")).version()).isEqualTo(7);
        assertThat(dead.key()).isNotBlank();
        return headers.get("jikimi_reason") + " "
                + headers.getOrDefault("jikimi_failedplace", "").replace(TOPIC + "-0-", "");
    }

    private static Handler listen(List<String> lines) {
        var handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage() + Map.of("parameters", List.of(parameters(line))) + line.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger.getLogger("org.jikimi").addHandler(handler);
        return handler;
    }

    private static String parameters(LogRecord line) {
        return line.getParameters() == null
                ? ""
                : List.of(line.getParameters()).stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
}
