package org.jikimi.runtime.boot;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes Kafka clients that lose nothing. */
final class KafkaClients {
    private final KafkaSettings settings;

    KafkaClients(KafkaSettings settings) {
        this.settings = settings;
    }

    /** Idempotent, waits for all replicas, and never gives an event up. */
    Producer<String, byte[]> producer() {
        var options = with(Map.of(
                "acks", "all",
                "enable.idempotence", "true",
                "delivery.timeout.ms", Integer.MAX_VALUE,
                "linger.ms", 0,
                "compression.type", "lz4"));
        return new KafkaProducer<>(options, new StringSerializer(), new ByteArraySerializer());
    }

    /**
     * Commits nothing by itself: the offsets that count are kept in the database. Nor does it ever choose where to read:
     * an offset that Kafka does not hold is a loss, not a beginning. What a consumer read that died without a word goes to
     * another after ten seconds; Kafka's own 45 would be the wait of an urgent alert.
     */
    Consumer<String, byte[]> consumer(String group) {
        var options = with(Map.of(
                "group.id",
                group,
                "enable.auto.commit",
                "false",
                "auto.offset.reset",
                "none",
                "max.poll.records",
                500,
                "session.timeout.ms",
                10_000,
                "heartbeat.interval.ms",
                2_500));
        return new KafkaConsumer<>(options, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Those of the topics that exist, with their ids; a right to read or to write a topic is enough. */
    Map<String, Uuid> topicIds(Collection<String> topics) {
        if (topics.isEmpty()) {
            return Map.of();
        }
        var ids = new HashMap<String, Uuid>();
        try (var admin = Admin.create(with(Map.of("default.api.timeout.ms", 10_000, "request.timeout.ms", 5_000)))) {
            for (var topic : admin.describeTopics(topics).topicNameValues().entrySet()) {
                try {
                    ids.put(topic.getKey(), topic.getValue().get().topicId());
                } catch (ExecutionException failure) {
                    if (!(failure.getCause() instanceof UnknownTopicOrPartitionException)) {
                        throw new KafkaException("topics are not described", failure);
                    }
                }
            }
        } catch (InterruptedException stop) {
            throw new InterruptException(stop);
        }
        return ids;
    }

    private Map<String, Object> with(Map<String, Object> more) {
        var options = new TreeMap<String, Object>(settings.common());
        options.putAll(more);
        return options;
    }
}
