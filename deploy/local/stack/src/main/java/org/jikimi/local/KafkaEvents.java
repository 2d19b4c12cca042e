package org.jikimi.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jikimi.contracts.EventType;
import org.jikimi.contracts.EventTypes;

/** Reads them from Kafka's topics, from their beginning. */
final class KafkaEvents implements SentEvents {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int ANNOUNCED = 1; // among the fields of a mark, which HighWaterMark writes

    private final Map<String, Object> client;

    /**
     * @param client options of a Kafka client that may read all topics
     */
    KafkaEvents(Map<String, Object> client) {
        this.client = client;
    }

    @Override
    public List<Reconciliation.Sent> sentBy(Service source, long from) {
        var events = new LinkedHashMap<UUID, Reconciliation.Sent>();
        var topics = EventTypes.producedBy(source.key()).stream()
                .map(EventType::topic)
                .toList();
        read(topics, kafka -> {
            var number = header(kafka, "ce_sequence").map(Long::parseLong).orElse(0L);
            var id = header(kafka, "ce_id").map(UUID::fromString);
            if (number >= from && id.isPresent()) {
                var event = new Reconciliation.Event(id.get(), kafka.topic(), kafka.key());
                var again = header(kafka, "ce_resent").isPresent();
                events.putIfAbsent(event.id(), new Reconciliation.Sent(event, number, again));
            }
        });
        return List.copyOf(events.values());
    }

    @Override
    public long announcedBy(Service source) {
        var furthest = new AtomicLong();
        read(List.of(KafkaSetup.markTopic(source)), kafka -> {
            var announced = Long.parseLong(new String(kafka.value(), UTF_8).split(" ", -1)[ANNOUNCED]);
            furthest.accumulateAndGet(announced, Math::max);
        });
        return furthest.get();
    }

    /** Reads topics to where they end now. */
    private void read(List<String> topics, Consumer<ConsumerRecord<String, byte[]>> each) {
        var options = new HashMap<>(client);
        options.put("enable.auto.commit", "false");
        options.put("auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(options, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(part -> consumer.position(part) < ends.getOrDefault(part, 0L))) {
                consumer.poll(POLL).forEach(each);
            }
        }
    }

    private static Optional<String> header(ConsumerRecord<String, byte[]> kafka, String name) {
        return Optional.ofNullable(kafka.headers().lastHeader(name)).map(header -> new String(header.value(), UTF_8));
    }
}
