package org.jikimi.runtime.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.jikimi.testkit.Parts;
import org.junit.jupiter.api.Test;

/** How the clients of a running service are configured. */
class KafkaClientsTest {
    private static final String TOPIC = "KafkaClientsTest";
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(20);

    private final KafkaClients clients =
            new KafkaClients(new Plain(Parts.kafka().bootstrapServers(), "PLAINTEXT", "", Optional.empty(), "unused"));

    private record Plain(String bootstrap, String security, String user, Optional<String> password, String markTopic)
            implements KafkaSettings {}

    @Test
    void whatAConsumerReadThatDiedWithoutAWordIsReadByAnotherOneWithinSeconds() {
        Parts.kafka().createTopics(1, TOPIC);
        var dead = clients.consumer(TOPIC);
        awaitAssignment(dead, Duration.ofMinutes(1));
        dead.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.REMAIN_IN_GROUP));

        try (var heir = clients.consumer(TOPIC)) {
            awaitAssignment(heir, LONGEST_SILENCE);
        }
    }

    @Test
    void topicsAreAskedForByOneClientThatEndsWithTheService() {
        clients.readableTopicIds(List.of(TOPIC));
        var asking = askingThreads();
        assertThat(asking).isNotEmpty();

        clients.writableTopicIds(List.of(TOPIC + ".missing"));

        assertThat(askingThreads()).isEqualTo(asking);
        clients.close();
        await().until(() -> askingThreads().isEmpty());
    }

    private static Set<Thread> askingThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("kafka-admin-client-thread"))
                .collect(Collectors.toSet());
    }

    private static void awaitAssignment(Consumer<String, byte[]> consumer, Duration within) {
        consumer.subscribe(List.of(TOPIC), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                // nothing is kept
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                partitions.forEach(partition -> consumer.seek(partition, 0));
            }
        });
        await().atMost(within).until(() -> {
            consumer.poll(Duration.ofMillis(100));
            return !consumer.assignment().isEmpty();
        });
    }
}
