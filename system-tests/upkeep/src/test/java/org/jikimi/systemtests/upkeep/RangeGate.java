package org.jikimi.systemtests.upkeep;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * A gate in the middle of every range of a round: whoever has judged its children waits here before writing down whom it
 * would flag, with the range still undone. It is a lock of their table, and knows who waits by the name of the connection.
 */
final class RangeGate implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(30);

    /** The lock of a range's row is told by the transaction that holds it. Who waits for another lock has come through. */
    private static final String WAITING = """
            SELECT application_name, number FROM round_range
            JOIN pg_locks AS held ON held.locktype = 'transactionid' AND held.transactionid = round_range.xmax AND granted
            JOIN pg_stat_activity AS session USING (pid)
            WHERE children IS NULL AND wait_event = 'relation'""";

    private final String database;
    private final Map<String, Set<Integer>> letThrough = new HashMap<>();
    private Connection keeper;

    /** Shuts it. */
    RangeGate(String database) throws SQLException {
        this.database = database;
        this.keeper = shut(connect());
    }

    private Connection connect() throws SQLException {
        var connection = DriverManager.getConnection(database, "postgres", "");
        connection.setAutoCommit(false);
        return connection;
    }

    private static Connection shut(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("LOCK TABLE round_candidate IN SHARE ROW EXCLUSIVE MODE");
        }
        return connection;
    }

    /** The numbers of the ranges in the middle of which somebody waits, by the name of the connection. */
    SortedMap<String, Set<Integer>> waiting() throws SQLException {
        var waiting = new TreeMap<String, Set<Integer>>();
        try (var session = DriverManager.getConnection(database, "postgres", "");
                var statement = session.createStatement();
                var rows = statement.executeQuery(WAITING)) {
            while (rows.next()) {
                waiting.computeIfAbsent(rows.getString(1), name -> new HashSet<>())
                        .add(rows.getInt(2));
            }
        }
        return waiting;
    }

    /** Lets through those who wait, and stops them again in the middle of their next range. */
    void letThrough() throws SQLException {
        var next = connect();
        var shutBehindThem = CompletableFuture.runAsync(() -> {
            try {
                shut(next);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        await("next in the queue").atMost(SOON).until(this::isQueueing);
        waiting()
                .forEach((name, ranges) -> letThrough.merge(name, ranges, (before, more) -> {
                    before.addAll(more);
                    return before;
                }));
        keeper.close();
        shutBehindThem.join();
        keeper = next;
    }

    private boolean isQueueing() throws SQLException {
        try (var session = DriverManager.getConnection(database, "postgres", "");
                var statement = session.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM pg_locks WHERE NOT granted AND "
                        + "mode = 'ShareRowExclusiveLock' AND relation = 'round_candidate'::regclass")) {
            row.next();
            return row.getInt(1) == 1;
        }
    }

    /** The numbers of the ranges with which somebody came through so far. */
    Set<Integer> cameThrough(String name) {
        return Set.copyOf(letThrough.getOrDefault(name, Set.of()));
    }

    /** Opens it for good. */
    @Override
    public void close() throws SQLException {
        keeper.close();
    }
}
