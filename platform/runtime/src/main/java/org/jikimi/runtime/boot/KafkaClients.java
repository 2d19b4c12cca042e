package org.jikimi.runtime.boot;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
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

    /** Commits nothing by itself: the offsets that count are kept in the database. */
    Consumer<String, byte[]> consumer(String group) {
        var options = with(Map.of(
                "group.id",
                group,
                "enable.auto.commit",
                "false",
                "auto.offset.reset",
                "earliest",
                "max.poll.records",
                500));
        return new KafkaConsumer<>(options, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private Map<String, Object> with(Map<String, Object> more) {
        var options = new TreeMap<String, Object>(settings.common());
        options.putAll(more);
        return options;
    }
}
