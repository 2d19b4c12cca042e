package org.jikimi.runtime.inbox;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Applies events within the inbox's transaction: no commit, no rollback, no side effect outside the database.
 *
 * <p>One that handles each event for itself implements {@link #handle} alone. One that gathers what it has to write, to
 * write it for all events of a transaction at once, answers a new handler at each {@link #begin}.
 */
@FunctionalInterface
public interface EventHandler {
    Outcome handle(ReceivedEvent event, Connection tx) throws SQLException;

    /** The handler of one transaction's events. */
    default EventHandler begin() {
        return this;
    }

    /** Writes what was gathered. What fails here fails as if an event had failed: the batch is halved. */
    default void finish(Connection tx) throws SQLException {}

    /** Told after a batch was committed, to wake whoever waits for it; it must not fail, and a crash may skip it. */
    default void committed() {}

    /** Whether the event does not wait behind failed events of its key, because it makes them moot once it is applied. */
    default boolean overtakes(ReceivedEvent event) {
        return false;
    }
}
