package org.jikimi.runtime.inbox;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;
import org.jikimi.runtime.event.TopicIds;

/**
 * Those of a consumer's topics that it may read. One that Kafka forbids holds up its own events alone: it is left out, and asked
 * for until it may be read. Events of different topics have no order.
 */
final class ReadableTopics {
    private static final Logger LOG = Logger.getLogger(ReadableTopics.class);
    private static final Duration ASK_EVERY = Duration.ofSeconds(5);

    private final List<String> all;
    private final TopicIds kafka;
    private volatile Set<String> forbidden = Set.of();
    private long askedAt;

    /** @param kafka tells the topics that may be read */
    ReadableTopics(List<String> all, TopicIds kafka) {
        this.all = List.copyOf(all);
        this.kafka = kafka;
    }

    List<String> now() {
        var left = forbidden;
        return all.stream().filter(topic -> !left.contains(topic)).toList();
    }

    Set<String> forbidden() {
        return forbidden;
    }

    void leaveOut(Collection<String> topics) {
        LOG.errorf(
                "Kafka forbids to read %s: their events wait until they may be read, and all others are read", topics);
        var more = new TreeSet<>(forbidden);
        more.addAll(topics);
        forbidden = Set.copyOf(more);
        askedAt = System.nanoTime();
    }

    /** Whether some that were left out may be read again, and are so from now on. Asks Kafka every few seconds. */
    boolean comeBack() {
        if (forbidden.isEmpty() || System.nanoTime() - askedAt < ASK_EVERY.toNanos()) {
            return false;
        }
        var left = new HashSet<>(forbidden);
        try {
            left.removeAll(kafka.of(forbidden).keySet());
        } catch (RuntimeException brokerAway) {
            LOG.debugf("Rights are asked for later: %s", brokerAway.getClass().getName());
        }
        askedAt = System.nanoTime();
        boolean some = left.size() < forbidden.size();
        forbidden = Set.copyOf(left);
        return some;
    }
}
