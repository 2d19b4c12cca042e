package org.jikimi.runtime.inbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Takes records that are no events of the platform, such as those of agencies. Each has its answer from the intake itself: none
 * is parked, none becomes a dead letter, and whatever a record is, it holds up no other.
 */
public interface RecordIntake {
    /** Names the consumer, after the service's name; one that has been used is never given to another. */
    String name();

    /** Topics to subscribe to; none, if nobody writes. */
    List<String> topics();

    /** How many of the records, all of one topic, a transaction takes at most: so many of the first, and at least one. */
    default int atOnce(List<ReceivedEvent> records) {
        return records.size();
    }

    /**
     * Takes records of one topic in the transaction that also keeps their offsets: no commit, no rollback, no side effect outside the
     * database. A record may come again with another place, never with the same.
     */
    void take(Connection tx, List<ReceivedEvent> records) throws SQLException;

    /** Answers the one record with which {@link #take} fails though nothing is wrong with the infrastructure. */
    void refuse(Connection tx, ReceivedEvent record) throws SQLException;
}
