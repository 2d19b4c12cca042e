package org.jikimi.runtime.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jikimi.runtime.KafkaClients;
import org.jikimi.runtime.TestDatabase;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.testkit.Parts;
import org.junit.jupiter.api.Test;

class InboxConsumerTest {
    private static final String TOPIC = "InboxConsumerTest";
    private static final TopicPartition PLACE = new TopicPartition(TOPIC, 0);

    @Test
    void whoDiedBetweenTheTwoCommitsTellsLagToolsWhereItStandsWhenItComesBack() throws Exception {
        Parts.kafka().createTopics(1, TOPIC);
        try (var producer = KafkaClients.producer()) {
            producer.send(new ProducerRecord<>(TOPIC, "child", "1".getBytes(UTF_8)))
                    .get();
        }
        var inbox = new Inbox(
                "lagging",
                Transactions.of(TestDatabase.create()),
                new Outbox(),
                (event, tx) -> Outcome.APPLIED,
                step -> {});
        var event = new ReceivedEvent(EventIds.next(), TOPIC, 0, 0, "child", Map.of(), "1".getBytes(UTF_8));
        assertThat(inbox.receive(List.of(event))).containsEntry(PLACE, 1L);

        try (var consumer = new InboxConsumer(
                        List.of(TOPIC),
                        inbox,
                        () -> KafkaClients.consumer("lagging"),
                        KafkaClients::topicIds,
                        Duration.ofMillis(50));
                var admin =
                        Admin.create(Map.of("bootstrap.servers", Parts.kafka().bootstrapServers()))) {
            Thread.ofPlatform().daemon().start(consumer);

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(admin.listConsumerGroupOffsets("lagging")
                                    .partitionsToOffsetAndMetadata()
                                    .get())
                            .containsEntry(PLACE, new OffsetAndMetadata(1)));
        }
    }

    @Test
    void howLongKafkaHasHeldARecordTheBrokerTellsAndNoProducer() throws Exception {
        var stamped = TOPIC + ".stamped";
        var plain = TOPIC + ".plain";
        var told = new ConcurrentHashMap<String, Duration>();
        var inbox = new Inbox(
                "stamps",
                Transactions.of(TestDatabase.create()),
                new Outbox(),
                (event, tx) -> {
                    told.put(event.topic(), event.waited());
                    return Outcome.APPLIED;
                },
                step -> {});
        var before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        try (var admin = Admin.create(Map.of("bootstrap.servers", Parts.kafka().bootstrapServers()));
                var producer = KafkaClients.producer();
                var consumer = new InboxConsumer(
                        List.of(stamped, plain),
                        inbox,
                        () -> KafkaClients.consumer("stamps"),
                        KafkaClients::topicIds,
                        Duration.ofMillis(50))) {
            admin.createTopics(List.of(
                            new NewTopic(stamped, 1, (short) 1)
                                    .configs(Map.of("message.timestamp.type", "LogAppendTime")),
                            new NewTopic(plain, 1, (short) 1)))
                    .all()
                    .get();
            for (var topic : List.of(stamped, plain)) {
                producer.send(claiming(topic, before.minus(Duration.ofHours(1))))
                        .get();
            }

            await().pollDelay(Duration.ofSeconds(1)).until(() -> true); // they wait for a reader
            Thread.ofPlatform().daemon().start(consumer);

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(told).containsOnlyKeys(stamped, plain));
            assertThat(told.get(plain)).isZero();
            assertThat(told.get(stamped)).isBetween(Duration.ofSeconds(1), Duration.between(before, Instant.now()));
        }
    }

    private static ProducerRecord<String, byte[]> claiming(String topic, Instant at) {
        var record = new ProducerRecord<>(topic, 0, at.toEpochMilli(), "child", "1".getBytes(UTF_8));
        record.headers()
                .add("ce_id", EventIds.next().toString().getBytes(UTF_8))
                .add(ReceivedEvent.WAITED, "3600000".getBytes(UTF_8));
        return record;
    }
}
