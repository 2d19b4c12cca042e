package org.jikimi.runtime.inbox;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** What a consumer of Kafka reads into. */
public interface Receiver {
    /**
     * Where to read on, by partition: where the last batch ended, or at the beginning of what Kafka has lost since.
     *
     * @param ends where each partition ends now
     * @param topics the ids of their topics
     */
    Map<TopicPartition, Long> offsets(Map<TopicPartition, Long> ends, Map<String, Uuid> topics) throws SQLException;

    /**
     * Takes a batch, which is in order within each partition.
     *
     * @return the offsets that are now committed in the database
     * @throws SQLException if infrastructure failed; what was committed stays, and the same batch may be given again
     */
    Map<TopicPartition, Long> receive(List<ReceivedEvent> batch) throws SQLException;
}
