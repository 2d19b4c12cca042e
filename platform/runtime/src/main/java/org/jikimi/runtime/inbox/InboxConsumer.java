package org.jikimi.runtime.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.record.TimestampType;
import org.jboss.logging.Logger;
import org.jikimi.runtime.db.Failures;
import org.jikimi.runtime.event.TopicIds;
import org.jspecify.annotations.Nullable;

/**
 * Reads topics into a {@link Receiver}. On assignment it goes to the offsets that the database holds; Kafka's copy of
 * them, committed afterwards, is for lag tools alone. While infrastructure fails it keeps its partitions, paused, and
 * tries again for ever. A topic that it may not read holds up itself alone.
 */
public final class InboxConsumer implements Runnable, AutoCloseable {
    private static final InstantSource MACHINE = InstantSource.system(); // brokers know no simulated time
    private static final Logger LOG = Logger.getLogger(InboxConsumer.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final ReadableTopics topics;
    private final Receiver inbox;
    private final Supplier<Consumer<String, byte[]>> consumers;
    private final TopicIds topicIds;
    private final Duration backoff;
    private volatile boolean closed;
    private volatile @Nullable Consumer<String, byte[]> reading;
    /** Whether Kafka's copy of the offsets may be behind, as after a crash between the two commits. */
    private boolean untold;

    /**
     * A consumer that reads when {@link #run} is called.
     *
     * @param consumers makes consumers without automatic commit or reset of offsets, in one group per service
     * @param topicIds tells the topics that may be read, and one that was made anew, of which the stored offsets mean nothing
     * @param backoff pause before a batch is tried again after infrastructure failed
     */
    public InboxConsumer(
            List<String> topics,
            Receiver inbox,
            Supplier<Consumer<String, byte[]>> consumers,
            TopicIds topicIds,
            Duration backoff) {
        this.topics = new ReadableTopics(topics, topicIds);
        this.inbox = inbox;
        this.consumers = consumers;
        this.topicIds = topicIds;
        this.backoff = backoff;
    }

    /** Consumes until closed. */
    @Override
    public void run() {
        while (!closed) {
            try (var consumer = consumers.get()) {
                reading = consumer;
                read(consumer);
            } catch (TopicAuthorizationException forbidden) {
                topics.leaveOut(forbidden.unauthorizedTopics());
                LockSupport.parkNanos(backoff.toNanos());
            } catch (WakeupException stop) {
                return;
            } catch (
                    Throwable
                            failure) { // also an Error of a driver: a consumer that ends unnoticed is the worst of all
                LOG.warnf(
                        "Consumer starts again from its stored offsets: %s",
                        failure.getClass().getName());
                LockSupport.parkNanos(backoff.toNanos());
            }
        }
    }

    /** Topics that Kafka forbids to read, whose events wait there. */
    public Set<String> forbiddenTopics() {
        return topics.forbidden();
    }

    @Override
    public void close() {
        closed = true;
        var consumer = reading;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    private void read(Consumer<String, byte[]> consumer) throws SQLException {
        var listener = new SeekToStoredOffsets(consumer);
        consumer.subscribe(topics.now(), listener);
        while (!closed) {
            if (topics.comeBack()) {
                consumer.subscribe(topics.now(), listener);
            }
            if (topics.now().isEmpty()) {
                LockSupport.parkNanos(POLL.toNanos());
            } else {
                receive(consumer, consumer.poll(POLL));
            }
        }
    }

    private void receive(Consumer<String, byte[]> consumer, Iterable<ConsumerRecord<String, byte[]>> records)
            throws SQLException {
        var batch = new ArrayList<ReceivedEvent>();
        records.forEach(kafka -> batch.add(event(kafka)));
        if (batch.isEmpty()) {
            tellAgain(consumer);
            return;
        }
        try {
            commit(consumer, inbox.receive(batch));
        } catch (SQLException | RuntimeException failure) {
            if (!Failures.isInfrastructure(failure)) {
                throw failure;
            }
            LOG.warnf(
                    "Infrastructure fails, the batch waits: %s",
                    failure.getClass().getName());
            waitAndSeek(consumer);
        }
    }

    /** Keeps the membership by polling paused partitions, then reads again from where the database stands. */
    private void waitAndSeek(Consumer<String, byte[]> consumer) {
        while (!closed) {
            consumer.pause(consumer.assignment());
            consumer.poll(backoff);
            try {
                seek(consumer, consumer.assignment());
                consumer.resume(consumer.assignment());
                return;
            } catch (SQLException stillDown) {
                LOG.debugf("Database still down: %s", stillDown.getSQLState());
            }
        }
    }

    private void seek(Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions) throws SQLException {
        if (partitions.isEmpty()) {
            return;
        }
        var ids = idsOf(partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet()));
        var begins = consumer.beginningOffsets(partitions);
        inbox.offsets(consumer.endOffsets(partitions), ids).forEach((partition, next) -> {
            long begin = begins.getOrDefault(partition, 0L);
            if (next > 0 && next < begin) {
                LOG.errorf("%s no longer holds what was to be read from %d to %d", partition, next, begin - 1);
            }
            consumer.seek(partition, Math.max(next, begin));
        });
    }

    /**
     * The ids by which a topic made anew is recognised. Brokers hear of rights one after the other: a topic may be read from one
     * already while another does not tell its id yet, and must not be read by offsets that may be of an older one.
     */
    private Map<String, Uuid> idsOf(Set<String> names) {
        var ids = topicIds.of(names);
        var untold = new HashSet<>(names);
        untold.removeAll(ids.keySet());
        if (!untold.isEmpty()) {
            throw new TopicAuthorizationException(untold);
        }
        return ids;
    }

    private void commit(Consumer<String, byte[]> consumer, Map<TopicPartition, Long> offsets) {
        var forLagTools = new HashMap<TopicPartition, OffsetAndMetadata>();
        offsets.forEach((partition, next) -> forLagTools.put(partition, new OffsetAndMetadata(next)));
        consumer.commitAsync(forLagTools, (tried, failure) -> untold |= failure != null);
    }

    /** Or a partition to which nothing more comes would show a lag for ever. Between batches it stands where it reads. */
    private void tellAgain(Consumer<String, byte[]> consumer) {
        if (untold) {
            untold = false;
            var positions = new HashMap<TopicPartition, Long>();
            consumer.assignment().forEach(partition -> positions.put(partition, consumer.position(partition)));
            commit(consumer, positions);
        }
    }

    private static ReceivedEvent event(ConsumerRecord<String, byte[]> kafka) {
        var headers = new HashMap<String, String>();
        kafka.headers().forEach(header -> {
            if (!header.key().isEmpty()) {
                headers.put(text(header.key()).replace(':', '_'), text(header.value()));
            }
        });
        headers.remove(ReceivedEvent.WAITED); // whatever the producer says of it
        if (kafka.timestampType() == TimestampType.LOG_APPEND_TIME) {
            long waited = Math.max(0, MACHINE.millis() - kafka.timestamp());
            headers.put(ReceivedEvent.WAITED, String.valueOf(waited));
        }
        var place = kafka.topic() + "-" + kafka.partition() + "-" + kafka.offset();
        return new ReceivedEvent(
                id(headers.get("ce_id"), place),
                kafka.topic(),
                kafka.partition(),
                kafka.offset(),
                kafka.key() == null ? "" : kafka.key(),
                headers,
                kafka.value() == null ? new byte[0] : kafka.value());
    }

    /** A header as one line: whatever a foreign producer wrote, it can be kept. */
    private static String text(byte @Nullable [] value) {
        return value == null ? "" : text(new String(value, UTF_8));
    }

    private static String text(String value) {
        return value.replaceAll("[\\r\\n\\x00]", " ");
    }

    /** Without an id the record cannot be told apart; its place in Kafka stands in for it, and is no UUIDv7. */
    private static UUID id(@Nullable String header, String place) {
        try {
            return header == null ? UUID.nameUUIDFromBytes(place.getBytes(UTF_8)) : UUID.fromString(header);
        } catch (IllegalArgumentException noUuid) {
            return UUID.nameUUIDFromBytes(place.getBytes(UTF_8));
        }
    }

    private final class SeekToStoredOffsets implements ConsumerRebalanceListener {
        private final Consumer<String, byte[]> consumer;

        SeekToStoredOffsets(Consumer<String, byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // Nothing is under way between two polls, and the offsets that count are in the database.
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            try {
                seek(consumer, partitions);
                untold = true;
            } catch (SQLException failure) {
                throw new IllegalStateException("no stored offsets", failure);
            }
        }
    }
}
