package org.jikimi.runtime.db;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Tells failing infrastructure, which is retried for ever, from a record that can never be applied. */
public final class Failures {
    /** SQLSTATE classes: connection, resources, operator intervention (shutdown), system error, rollback (deadlock, serialization), lock not available. */
    private static final Set<String> INFRASTRUCTURE = Set.of("08", "53", "57", "58", "40", "55", "XX");

    private static final String READ_ONLY = "25006"; // the old primary after a failover

    private Failures() {}

    public static boolean isInfrastructure(@Nullable Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientException
                    || cause instanceof SQLRecoverableException
                    || cause instanceof SQLNonTransientConnectionException
                    || cause instanceof KafkaException) {
                return true;
            }
            if (cause instanceof SQLException sql
                    && (sql.getSQLState() == null
                            || READ_ONLY.equals(sql.getSQLState())
                            || INFRASTRUCTURE.contains(sql.getSQLState().substring(0, 2)))) {
                return true;
            }
        }
        return false;
    }
}
