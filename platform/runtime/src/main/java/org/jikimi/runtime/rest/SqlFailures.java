package org.jikimi.runtime.rest;

import java.sql.SQLException;
import org.jboss.logging.Logger;
import org.jikimi.runtime.db.Failures;
import org.jspecify.annotations.Nullable;

/** What a failed transaction means to the caller of an endpoint. */
final class SqlFailures {
    private static final Logger LOG = Logger.getLogger(SqlFailures.class);
    private static final String UNIQUE = "23505";
    private static final String ROLLED_BACK = "40";
    /** Such as a NUL character in a text, or a number that the column cannot hold. */
    private static final String DATA = "22";

    private SqlFailures() {}

    /** Whether the transaction lost a race and may win the next. */
    static boolean mayPassNextTime(Throwable failure) {
        var state = stateOf(failure);
        return state != null && (state.equals(UNIQUE) || state.startsWith(ROLLED_BACK));
    }

    /** The refusal to answer with, or the failure itself if it is a bug. */
    static RuntimeException asRefusal(Exception failure) {
        if (failure instanceof ProblemException refusal) {
            return refusal;
        }
        var state = stateOf(failure);
        if (UNIQUE.equals(state)) {
            return new ProblemException(Problems.CONFLICT);
        }
        if (Failures.isInfrastructure(failure)) {
            LOG.warnf("Infrastructure fails: %s", Traces.withoutMessages(failure));
            return new ProblemException(Problems.UNAVAILABLE);
        }
        if (state != null && state.startsWith(DATA)) {
            return new ProblemException(Problems.INVALID_FIELD.withDetail("A value cannot be stored."));
        }
        return failure instanceof RuntimeException bug ? bug : new IllegalStateException(failure);
    }

    private static @Nullable String stateOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql.getSQLState();
            }
        }
        return null;
    }
}
