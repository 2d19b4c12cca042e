package org.jikimi.runtime.inbox;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
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

    /** Header in which the consumer tells when Kafka took the record, where the topic has that written by the broker. */
    public static final String TAKEN_AT = "kafka_taken_at";

    /** The partition it came from. */
    TopicPartition place() {
        return new TopicPartition(topic, partition);
    }

    /** {@code ce_sequence}: rises per source and key; -1 if the event carries none. */
    public long sequence() {
        var value = headers.get("ce_sequence");
        return value == null ? -1 : Long.parseLong(value);
    }

    /** When Kafka took it, by the clock of the broker; empty if the topic tells what the producer says alone. */
    public Optional<Instant> takenAt() {
        return Optional.ofNullable(headers.get(TAKEN_AT)).map(Instant::parse);
    }

    /** Ids alone: what an event says is nobody's business in a log. */
    @Override
    public String toString() {
        return topic + " " + id;
    }
}
