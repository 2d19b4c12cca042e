package org.jikimi.runtime.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
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
}
