package org.jikimi.runtime.inbox;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Keeps the inbox's partitions, each the event ids of one week: a UUIDv7 begins with its time. They are kept longer
 * than Kafka keeps records, so that whatever comes again is recognised; what is older still is never applied.
 */
public final class InboxPartitions {
    /** Ids older than this are dead letters; partitions are kept until all in them is. */
    public static final Duration REMEMBERED = Duration.ofDays(30);

    private static final long WEEK = Duration.ofDays(7).toMillis();

    private final DataSource database;

    public InboxPartitions(DataSource database) {
        this.database = database;
    }

    /**
     * Makes the missing partitions of the remembered time before {@code now} and of the weeks after it.
     *
     * @throws SQLException if a lock was not had within two seconds, because some transaction has been open for longer;
     *     so nobody waits behind this, and the next call goes on
     */
    public void create(Instant now, int weeksAhead) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(3, 1)"); // replicas start together
            try {
                statement.execute("SET lock_timeout = '2s'");
                for (long n = week(now.minus(REMEMBERED)); n <= week(now) + weeksAhead; n++) {
                    create(statement, n);
                }
            } finally {
                statement.execute("SELECT pg_advisory_unlock(3, 1)");
            }
        }
    }

    /**
     * Drops the partitions that hold only ids too old to be applied.
     *
     * @return the names of the dropped partitions
     */
    public List<String> dropForgotten(Instant now) throws SQLException {
        var dropped = new ArrayList<String>();
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = '2s'");
            for (var name : names(statement)) {
                if (number(name) < week(now.minus(REMEMBERED))) {
                    statement.execute("DROP TABLE " + name);
                    dropped.add(name);
                }
            }
        }
        return dropped;
    }

    private static void create(Statement statement, long n) throws SQLException {
        var name = "inbox_w" + n;
        try (var row = statement.executeQuery("SELECT to_regclass('" + name + "') IS NOT NULL")) {
            row.next();
            if (row.getBoolean(1)) {
                return;
            }
        }
        statement.execute("CREATE TABLE " + name + " PARTITION OF inbox FOR VALUES FROM ('" + firstId(n) + "') TO ('"
                + firstId(n + 1) + "')");
    }

    private static List<String> names(Statement statement) throws SQLException {
        var names = new ArrayList<String>();
        try (var rows = statement.executeQuery("SELECT inhrelid::regclass::text FROM pg_inherits "
                + "WHERE inhparent = 'inbox'::regclass AND inhrelid::regclass::text LIKE 'inbox\\_w%'")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static long number(String name) {
        return Long.parseLong(name.substring("inbox_w".length()));
    }

    private static long week(Instant at) {
        return at.toEpochMilli() / WEEK;
    }

    private static UUID firstId(long week) {
        return new UUID((week * WEEK) << 16, 0);
    }
}
