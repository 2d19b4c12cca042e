package org.jikimi.runtime.outbox;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** What is committed and not yet acknowledged by Kafka, as far as was seen at the last look. */
public final class Unsent {
    /** Depth is counted up to here: a gauge must not become a burden when it matters most. */
    public static final int COUNT_UP_TO = 100_000;

    private static final String UNSENT = """
            SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(at)) * 1000, 0)::bigint FROM (
                SELECT at FROM outbox, relay_position
                WHERE tx >= pg_snapshot_xmin(prev) AND NOT pg_visible_in_snapshot(tx, prev)
                  AND NOT (pg_visible_in_snapshot(tx, target) AND seq <= last_seq)
                LIMIT %d) AS unsent""".formatted(COUNT_UP_TO);

    private static final String MISSING = "SELECT topic FROM relay_missing ORDER BY topic";

    private final DataSource database;
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong oldestMillis = new AtomicLong();
    private volatile List<String> missingTopics = List.of();

    public Unsent(DataSource database) {
        this.database = database;
    }

    /** Looks again. */
    public void look() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            try (var row = statement.executeQuery(UNSENT)) {
                row.next();
                count.set(row.getLong(1));
                oldestMillis.set(row.getLong(2));
            }
            var missing = new ArrayList<String>();
            try (var rows = statement.executeQuery(MISSING)) {
                while (rows.next()) {
                    missing.add(rows.getString(1));
                }
            }
            missingTopics = List.copyOf(missing);
        }
    }

    /** Topics that Kafka does not have, for which events wait. */
    public List<String> missingTopics() {
        return missingTopics;
    }

    /** How many events wait that are not for missing topics, counted up to {@link #COUNT_UP_TO}. */
    public long count() {
        return count.get();
    }

    /** For how long the oldest of them has waited; zero if none does. */
    public Duration oldest() {
        return Duration.ofMillis(oldestMillis.get());
    }
}
