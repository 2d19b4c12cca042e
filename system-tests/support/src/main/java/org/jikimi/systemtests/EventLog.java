package org.jikimi.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Everything that Kafka holds, read from the beginning by somebody who has no part in the platform. */
public final class EventLog {
    /**
     * One record.
     *
     * @param headers by name, as text
     */
    public record Entry(
            String topic, int partition, long offset, String key, Map<String, String> headers, String value) {
        public static Entry of(ConsumerRecord<String, String> kafka) {
            var headers = new TreeMap<String, String>();
            kafka.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
            return new Entry(
                    kafka.topic(),
                    kafka.partition(),
                    kafka.offset(),
                    text(kafka.key()),
                    Map.copyOf(headers),
                    text(kafka.value()));
        }

        private static String text(@Nullable String value) {
            return value == null ? "" : value;
        }

        public String id() {
            return headers.getOrDefault("ce_id", "");
        }

        public long sequence() {
            return Long.parseLong(headers.getOrDefault("ce_sequence", "-1"));
        }

        public boolean isDeadLetter() {
            return topic.endsWith(".dlq");
        }

        /** Whether an agency wrote it, of whose records nothing is promised. */
        public boolean isOfAnAgency() {
            return topic.startsWith("signals.") && !topic.startsWith("signals.rejected.");
        }

        public String place() {
            return topic + "-" + partition + "@" + offset;
        }

        /** Whether it is the other one sent again: alike in all but its place. */
        public boolean repeats(Entry other) {
            return topic.equals(other.topic)
                    && partition == other.partition
                    && key.equals(other.key)
                    && headers.equals(other.headers)
                    && value.equals(other.value);
        }

        @Override
        public String toString() {
            return place() + " " + id();
        }
    }

    private EventLog() {}

    /** Reads each topic from its first record to what is its last now, in the order of each partition. */
    public static List<Entry> read(Map<String, Object> client) {
        var options = new HashMap<>(client);
        options.put("enable.auto.commit", "false");
        options.put("auto.offset.reset", "earliest");
        var entries = new ArrayList<Entry>();
        try (var consumer = new KafkaConsumer<>(options, new StringDeserializer(), new StringDeserializer())) {
            var partitions = consumer.listTopics().entrySet().stream()
                    .filter(topic -> !topic.getKey().startsWith("__"))
                    .flatMap(topic -> topic.getValue().stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(part -> consumer.position(part) < ends.getOrDefault(part, 0L))) {
                for (var found : consumer.poll(Duration.ofMillis(500))) {
                    entries.add(Entry.of(found));
                }
            }
        }
        return List.copyOf(entries);
    }
}
