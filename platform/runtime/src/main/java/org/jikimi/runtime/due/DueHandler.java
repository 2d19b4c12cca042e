package org.jikimi.runtime.due;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** Carries out one kind of due work. Every CDI bean of this type is found by the runner. */
public interface DueHandler {
    String kind();

    /**
     * Does it, within the transaction that also takes the work off the list. It may plan the same kind and subject
     * again for later. It may come late, after the cause has gone: check before acting.
     *
     * @param subject as it was planned
     * @param dueAt when it was to happen
     * @param now the platform's time
     */
    void handle(Connection tx, String subject, Instant dueAt, Instant now) throws SQLException;
}
