package org.jikimi.runtime.boot;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Makes Kafka clients that lose nothing, and asks Kafka for its topics. */
@Singleton
final class KafkaClients {
    /** Of a topic that may not even be asked for, Kafka does not tell whether it exists. */
    private static final Set<Class<? extends ApiException>> MISSING =
            Set.of(UnknownTopicOrPartitionException.class, TopicAuthorizationException.class);

    private final KafkaSettings settings;
    private @Nullable Admin admin;

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

    /**
     * Those of the topics that exist and may be read, with their ids.
     *
     * @throws KafkaException if the broker does not answer
     */
    Map<String, Uuid> readableTopicIds(Collection<String> topics) {
        return described(topics, AclOperation.READ);
    }

    /**
     * Those of the topics that exist and may be written to, with their ids.
     *
     * @throws KafkaException if the broker does not answer
     */
    Map<String, Uuid> writableTopicIds(Collection<String> topics) {
        return described(topics, AclOperation.WRITE);
    }

    private static boolean mayBe(AclOperation done, TopicDescription topic) {
        var allowed = topic.authorizedOperations();
        return allowed == null || allowed.contains(done); // null: the broker does not say
    }

    private Map<String, Uuid> described(Collection<String> topics, AclOperation wanted) {
        if (topics.isEmpty()) {
            return Map.of();
        }
        var ids = new HashMap<String, Uuid>();
        var withRights = new DescribeTopicsOptions().includeAuthorizedOperations(true);
        for (var answer :
                admin().describeTopics(topics, withRights).topicNameValues().entrySet()) {
            try {
                var topic = answer.getValue().get();
                if (mayBe(wanted, topic)) {
                    ids.put(answer.getKey(), topic.topicId());
                }
            } catch (ExecutionException failure) {
                var cause = failure.getCause();
                if (MISSING.stream().noneMatch(known -> known.isInstance(cause))) {
                    throw new KafkaException("topics are not described", failure);
                }
            } catch (InterruptedException stop) {
                throw new InterruptException(stop);
            }
        }
        return ids;
    }

    /** One for all questions: a topic that is missing is asked for every second. */
    private synchronized Admin admin() {
        var known = admin;
        if (known == null) {
            known = Admin.create(with(Map.of("default.api.timeout.ms", 10_000, "request.timeout.ms", 5_000)));
            admin = known;
        }
        return known;
    }

    @PreDestroy
    synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }

    private Map<String, Object> with(Map<String, Object> more) {
        var options = new TreeMap<String, Object>(settings.common());
        options.putAll(more);
        return options;
    }
}
