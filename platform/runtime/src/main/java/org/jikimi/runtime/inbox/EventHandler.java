package org.jikimi.runtime.inbox;

import java.sql.Connection;
import java.sql.SQLException;

/** Applies one event within the inbox's transaction: no commit, no rollback, no side effect outside the database. */
@FunctionalInterface
public interface EventHandler {
    Outcome handle(ReceivedEvent event, Connection tx) throws SQLException;
}
