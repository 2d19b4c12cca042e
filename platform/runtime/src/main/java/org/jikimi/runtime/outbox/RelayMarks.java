package org.jikimi.runtime.outbox;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The high-water marks of one service's relay, outside PostgreSQL: in a compacted topic of one partition, so that a
 * database that was restored can be told from one that was not.
 */
public final class RelayMarks {
    private static final String KEY = "relay";
    private static final Duration POLL = Duration.ofMillis(100);

    private final String topic;
    private final Supplier<Consumer<String, byte[]>> consumers;

    /**
     * The marks in a topic, which exists.
     *
     * @param consumers makes consumers; the group they name is not used
     */
    public RelayMarks(String topic, Supplier<Consumer<String, byte[]>> consumers) {
        this.topic = topic;
        this.consumers = consumers;
    }

    /** The furthest mark ever made; empty before the first. Waits for a broker that is down. */
    Optional<HighWaterMark> furthest() {
        var partition = new TopicPartition(topic, 0);
        try (var consumer = consumers.get()) {
            if (consumer.partitionsFor(topic).isEmpty()) {
                throw new IllegalStateException("the topic " + topic + " is missing");
            }
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            HighWaterMark furthest = null;
            while (consumer.position(partition) < end) {
                for (var kafka : consumer.poll(POLL)) {
                    var mark = HighWaterMark.of(kafka.value());
                    if (furthest == null || mark.announced() > furthest.announced()) {
                        furthest = mark;
                    }
                }
            }
            return Optional.ofNullable(furthest);
        }
    }

    ProducerRecord<String, byte[]> record(HighWaterMark mark) {
        return new ProducerRecord<>(topic, KEY, mark.toBytes());
    }
}
