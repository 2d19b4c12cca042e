package org.jikimi.runtime.inbox;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;

/**
 * An event as Kafka gave it.
 *
 * @param id the CloudEvents id; one made of its place in Kafka, and no UUIDv7, if it bears none
 * @param topic the topic, which is the event's name
 * @param key the child, or the aggregate where no child is meant; empty if it bears none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and too hot to be copied
public record ReceivedEvent(
        UUID id, String topic, int partition, long offset, String key, Map<String, String> headers, byte[] payload) {

    /**
     * Header in which the consumer tells for how many milliseconds Kafka has held the record, where the topic has the broker
     * write when it took it.
     */
    public static final String WAITED = "kafka_waited_ms";

    /** The partition it came from. */
    TopicPartition place() {
        return new TopicPartition(topic, partition);
    }

    /** {@code ce_sequence}: rises per source and key; -1 if the event carries none. */
    public long sequence() {
        var value = headers.get("ce_sequence");
        return value == null ? -1 : Long.parseLong(value);
    }

    /** How long Kafka has held it; nothing if the topic tells alone what the producer says of it. */
    public Duration waited() {
        return Duration.ofMillis(Long.parseLong(headers.getOrDefault(WAITED, "0")));
    }

    /** Ids alone: what an event says is nobody's business in a log. */
    @Override
    public String toString() {
        return topic + " " + id;
    }
}
