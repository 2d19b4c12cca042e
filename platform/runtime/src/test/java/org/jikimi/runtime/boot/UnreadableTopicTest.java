package org.jikimi.runtime.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.jikimi.runtime.TestDatabase;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.inbox.Inbox;
import org.jikimi.runtime.inbox.InboxConsumer;
import org.jikimi.runtime.inbox.Outcome;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.testkit.Parts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A topic that a service may not read holds up its own events, and no others, until it may be read. */
class UnreadableTopicTest {
    private static final AtomicInteger TOPICS = new AtomicInteger();
    private static final Duration SOON = Duration.ofSeconds(60);

    private final String forbidden = "UnreadableTopicTest" + TOPICS.incrementAndGet();
    private final String other = forbidden + ".other";
    private final List<String> read = new CopyOnWriteArrayList<>();
    private final KafkaClients clients =
            new KafkaClients(new Plain(Parts.kafka().bootstrapServers(), "PLAINTEXT", "", Optional.empty(), "unused"));
    private volatile boolean idUntold;
    private Inbox inbox;
    private InboxConsumer consumer;
    private Thread thread;

    private record Plain(String bootstrap, String security, String user, Optional<String> password, String markTopic)
            implements KafkaSettings {}

    /** What the service's user may still do. */
    enum Right {
        NONE,
        DESCRIBE
    }

    @BeforeEach
    void start() throws SQLException {
        Parts.kafka().createTopics(2, forbidden, other);
        inbox = new Inbox(
                forbidden,
                Transactions.of(TestDatabase.create()),
                new Outbox(),
                (event, tx) -> {
                    read.add(event.topic() + " " + new String(event.payload(), UTF_8));
                    return Outcome.APPLIED;
                },
                step -> {});
        newConsumer();
    }

    private void newConsumer() {
        consumer = new InboxConsumer(
                List.of(forbidden, other),
                inbox,
                () -> clients.consumer(forbidden),
                this::readableTopicIds,
                Duration.ofMillis(50));
        thread = Thread.ofPlatform().daemon().unstarted(consumer);
    }

    /** As one broker of several tells them, which may not have heard of a right that another grants already. */
    private Map<String, Uuid> readableTopicIds(Collection<String> topics) {
        var ids = new HashMap<>(clients.readableTopicIds(topics));
        if (idUntold) {
            ids.remove(forbidden);
        }
        return ids;
    }

    @AfterEach
    void stop() throws InterruptedException {
        endConsumer();
        clients.close();
        Parts.kafka().allowAll(forbidden);
        Parts.kafka().allowAll(other);
    }

    private void endConsumer() throws InterruptedException {
        consumer.close();
        thread.join();
    }

    @ParameterizedTest
    @EnumSource
    void oneThatMayNotBeReadFromTheStartIsReadInItsOrderOnceItMay(Right left) throws Exception {
        send(forbidden, "1", "2");
        forbid(left);

        thread.start();
        send(other, "1");

        await().atMost(SOON).untilAsserted(() -> assertThat(read).containsExactly(other + " 1"));
        await().atMost(SOON).until(() -> consumer.forbiddenTopics().contains(forbidden));
        send(other, "2");
        await().atMost(SOON).untilAsserted(() -> assertThat(read).containsExactly(other + " 1", other + " 2"));
        Parts.kafka().allowAll(forbidden);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(read)
                        .containsExactly(other + " 1", other + " 2", forbidden + " 1", forbidden + " 2"));
        assertThat(consumer.forbiddenTopics()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void oneWhoseRightIsLostMeanwhileGoesOnWhereItWas(Right left) throws Exception {
        thread.start();
        send(forbidden, "1");
        await().atMost(SOON).untilAsserted(() -> assertThat(read).containsExactly(forbidden + " 1"));

        forbid(left);
        await().atMost(SOON).until(() -> consumer.forbiddenTopics().contains(forbidden));
        send(other, "1");

        await().atMost(SOON).untilAsserted(() -> assertThat(read).containsExactly(forbidden + " 1", other + " 1"));
        Parts.kafka().allowAll(forbidden);
        send(forbidden, "2");
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(read).containsExactly(forbidden + " 1", other + " 1", forbidden + " 2"));
    }

    @Test
    void whoMayReadNothingWaitsForTheRight() throws Exception {
        send(forbidden, "1");
        forbid(Right.NONE);
        Parts.kafka().allowOnly(other);

        thread.start();

        await().atMost(SOON).until(() -> consumer.forbiddenTopics().size() == 2);
        Parts.kafka().allowAll(forbidden);
        await().atMost(SOON).untilAsserted(() -> assertThat(read).containsExactly(forbidden + " 1"));
    }

    @Test
    void oneThatWasMadeAnewIsNotReadByItsOldOffsetsWhileKafkaDoesNotTellItsId() throws Exception {
        thread.start();
        send(forbidden, "old");
        await().atMost(SOON).untilAsserted(() -> assertThat(read).containsExactly(forbidden + " old"));
        endConsumer();
        Parts.kafka().deleteTopic(forbidden);
        Parts.kafka().createTopics(2, forbidden);
        send(forbidden, "1", "2");
        idUntold = true;
        newConsumer();

        thread.start();
        send(other, "1");

        await().atMost(SOON).untilAsserted(() -> assertThat(read).containsExactly(forbidden + " old", other + " 1"));
        idUntold = false;
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(read)
                        .containsExactly(forbidden + " old", other + " 1", forbidden + " 1", forbidden + " 2"));
    }

    private void forbid(Right left) {
        switch (left) {
            case NONE -> Parts.kafka().allowOnly(forbidden);
            case DESCRIBE -> Parts.kafka().allowOnly(forbidden, AclOperation.DESCRIBE);
        }
    }

    private static void send(String topic, String... payloads) throws InterruptedException, ExecutionException {
        try (var producer = org.jikimi.runtime.KafkaClients.producer()) {
            for (var payload : payloads) {
                var kafka = new ProducerRecord<>(topic, "child", payload.getBytes(UTF_8));
                Map.of("ce_id", EventIds.next().toString(), "ce_type", "org.jikimi.test.v1")
                        .forEach((name, value) -> kafka.headers().add(name, value.getBytes(UTF_8)));
                producer.send(kafka).get();
            }
        }
    }
}
