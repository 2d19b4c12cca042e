package org.jikimi.runtime.event;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/**
 * The ids that Kafka gives to topics. A topic that was lost and made anew has the old name and another id, and holds
 * nothing of what was sent to the old one.
 */
@FunctionalInterface
public interface TopicIds {
    /**
     * Those of the topics that exist and may be used.
     *
     * @throws RuntimeException if the broker does not answer
     */
    Map<String, Uuid> of(Collection<String> topics);
}
