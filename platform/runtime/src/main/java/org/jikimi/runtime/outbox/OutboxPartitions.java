package org.jikimi.runtime.outbox;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Keeps the outbox's partitions, each a range of transaction ids: made well ahead, dropped whole when all in them has
 * been sent and is old. Nothing is ever updated or deleted row by row. Creating goes by CREATE and ATTACH and dropping
 * by DETACH CONCURRENTLY: both let writers go on while other transactions are open.
 */
public final class OutboxPartitions {
    /** Below this transaction id all has been sent: what waits for a missing topic has not, though the relay has passed it over. */
    private static final String SENT_BELOW = "SELECT min(pg_snapshot_xmin(prev)::text::bigint) FROM "
            + "(SELECT prev FROM relay_position UNION ALL SELECT prev FROM relay_missing) AS sent";

    private final DataSource database;
    private final long width;

    /**
     * Partitions of one width.
     *
     * @param width transaction ids in a partition; in production some millions
     */
    public OutboxPartitions(DataSource database, long width) {
        if (width < 1) {
            throw new IllegalArgumentException("a partition holds at least one transaction id");
        }
        this.database = database;
        this.width = width;
    }

    /** Makes the partition of the current transaction id and the {@code ahead} next ones, as far as they are missing. */
    public void createAhead(int ahead) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(3, 0)"); // replicas start together
            try {
                long next;
                try (var row = statement.executeQuery("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")) {
                    row.next();
                    next = row.getLong(1);
                }
                for (long n = next / width; n <= next / width + ahead; n++) {
                    create(statement, n);
                }
            } finally {
                statement.execute("SELECT pg_advisory_unlock(3, 0)");
            }
        }
    }

    private void create(Statement statement, long n) throws SQLException {
        var name = "outbox_" + n;
        try (var row =
                statement.executeQuery("SELECT 1 FROM pg_inherits WHERE inhrelid = to_regclass('" + name + "')")) {
            if (row.next()) {
                return;
            }
        }
        statement.execute(
                "CREATE TABLE IF NOT EXISTS " + name + " (LIKE outbox INCLUDING DEFAULTS INCLUDING CONSTRAINTS)");
        statement.execute("ALTER TABLE outbox ATTACH PARTITION " + name + " FOR VALUES FROM ('" + n * width + "') TO ('"
                + (n + 1) * width + "')");
    }

    /**
     * Drops partitions wholly below the relay's saved snapshot whose newest event is older than {@code keep}.
     *
     * @return the names of the dropped partitions
     * @throws SQLException if a lock was not had within two seconds, because some transaction has been open for longer;
     *     nothing is lost, and the next call finishes what this one began
     */
    public List<String> dropSent(Duration keep) throws SQLException {
        var dropped = new ArrayList<String>();
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = '2s'");
            long sentBelow;
            try (var row = statement.executeQuery(SENT_BELOW)) {
                row.next();
                sentBelow = row.getLong(1);
            }
            for (var name : names(statement, "inhdetachpending")) {
                statement.execute("ALTER TABLE outbox DETACH PARTITION " + name + " FINALIZE");
                statement.execute("DROP TABLE " + name);
                dropped.add(name);
            }
            for (var name : orphans(statement, sentBelow)) {
                statement.execute("DROP TABLE " + name);
                dropped.add(name);
            }
            for (var name : names(statement, "NOT inhdetachpending")) {
                if ((number(name) + 1) * width <= sentBelow && isOlderThan(statement, name, keep)) {
                    statement.execute("ALTER TABLE outbox DETACH PARTITION " + name + " CONCURRENTLY");
                    statement.execute("DROP TABLE " + name);
                    dropped.add(name);
                }
            }
        }
        return dropped;
    }

    /** Partitions of long ago that a crash has left detached and not yet dropped; newer ones may be in the making. */
    private List<String> orphans(Statement statement, long sentBelow) throws SQLException {
        var orphans = new ArrayList<String>();
        try (var rows = statement.executeQuery("SELECT oid::regclass::text FROM pg_class AS alone "
                + "WHERE relkind = 'r' AND relname ~ '^outbox_[0-9]+$' "
                + "AND relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'outbox'::regclass) "
                + "AND NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = alone.oid)")) {
            while (rows.next()) {
                var name = rows.getString(1);
                if ((number(name) + 1) * width <= sentBelow) {
                    orphans.add(name);
                }
            }
        }
        return orphans;
    }

    private static long number(String name) {
        return Long.parseLong(name.substring("outbox_".length()));
    }

    private static List<String> names(Statement statement, String condition) throws SQLException {
        var names = new ArrayList<String>();
        try (var rows = statement.executeQuery("SELECT inhrelid::regclass::text FROM pg_inherits "
                + "WHERE inhparent = 'outbox'::regclass AND " + condition + " ORDER BY inhrelid")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static boolean isOlderThan(Statement statement, String name, Duration keep) throws SQLException {
        try (var row = statement.executeQuery("SELECT coalesce(max(at) < clock_timestamp() - interval '"
                + keep.toMillis() + " milliseconds', true) FROM " + name)) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
