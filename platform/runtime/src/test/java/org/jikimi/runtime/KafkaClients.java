package org.jikimi.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jikimi.testkit.Parts;

/** Clients of the test broker, set as in production. */
public final class KafkaClients {
    private KafkaClients() {}

    public static Producer<String, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        Parts.kafka().bootstrapServers(),
                        "acks",
                        "all",
                        "enable.idempotence",
                        "true",
                        "delivery.timeout.ms",
                        Integer.MAX_VALUE,
                        "linger.ms",
                        0),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    public static Consumer<String, byte[]> consumer(String group) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        Parts.kafka().bootstrapServers(),
                        "group.id",
                        group,
                        "enable.auto.commit",
                        "false",
                        "auto.offset.reset",
                        "none"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    public static Map<String, Uuid> topicIds(Collection<String> topics) {
        return Parts.kafka().topicIds(topics);
    }

    /** Everything that the topic holds now, in order within each partition. */
    public static List<ConsumerRecord<String, byte[]>> readAll(String topic) {
        try (var consumer = consumer("reader-of-" + topic)) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new org.apache.kafka.common.TopicPartition(topic, p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var records = new ArrayList<ConsumerRecord<String, byte[]>>();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }
}
