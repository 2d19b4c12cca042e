package org.jikimi.runtime.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.jikimi.runtime.TestDatabase;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventIds;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The relay's pages prune the outbox's partitions: what was sent long ago is not even looked at. */
class RelayPlanTest {
    private static final long WIDTH = 20;
    /** Past the executions after which the driver prepares a statement and the server settles on a generic plan. */
    private static final int EXECUTIONS = 12;

    private static final Pattern SCANNED = Pattern.compile("(?m) on (outbox_\\d+)\\b.*\\(actual ");
    private static final Pattern SORTED = Pattern.compile("(?m) Sort .*\\(actual .*rows=(\\d+)");

    private DataSource database;
    private Position position;

    @BeforeEach
    void manyPartitionsOfWhichTheLastAloneHoldsWhatIsUnsent() throws SQLException {
        database = TestDatabase.create(WIDTH);
        new OutboxPartitions(database, WIDTH).createAhead(30);
        publish(200);
        try (var session = database.getConnection()) {
            var sent = Position.takeOver(session).aimAt(snapshot(session)).aimAt(snapshot(session));
            publish(5);
            position = sent.aimAt(snapshot(session));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "force_generic_plan", "force_custom_plan"})
    void aPageScansTheLivePartitionsAlone(String planning) throws SQLException {
        var arguments = List.of("varchar", "varchar", "varchar", "varchar", "bigint", "int");
        var values = "'%s', '%s', '%s', '%s', %d, 100"
                .formatted(
                        position.lowestUnsent(),
                        position.beyondTarget(),
                        position.prev(),
                        position.target(),
                        position.lastSeq());

        assertThat(scanned(Relay.PAGE, arguments, values, planning)).isSubsetOf(live());
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "force_generic_plan", "force_custom_plan"})
    void theFirstNumberOfAPassIsSoughtInTheLivePartitionsAlone(String planning) throws SQLException {
        var arguments = Collections.nCopies(4, "varchar");
        var values = "'%s', '%s', '%s', '%s'"
                .formatted(position.lowestUnsent(), position.beyondTarget(), position.prev(), position.target());

        assertThat(scanned(Relay.LOWEST, arguments, values, planning)).isSubsetOf(live());
    }

    @Test
    void theSameQuestionWithoutABoundWouldScanThemAll() throws SQLException {
        var unbounded = "SELECT min(seq + 0) FROM outbox WHERE NOT pg_visible_in_snapshot(tx, ?::pg_snapshot)";

        assertThat(scanned(unbounded, List.of("varchar"), "'" + position.prev() + "'", "auto"))
                .hasSizeGreaterThan(30);
    }

    @Test
    void whatWasSentIsNotSortedWhenATopicIsThereAgain() throws SQLException {
        var waitsSinceTheBeginning = "INSERT INTO relay_missing VALUES ('Other', '1:1:', '1:1:', 0)";
        TestDatabase.execute(database, waitsSinceTheBeginning);
        try (var session = database.getConnection()) {
            position.save(session);
        }
        publish("Other", 3);

        var plan = plan(
                Resending.INSERT_SOME_AGAIN,
                List.of("varchar", "text[]", "text[]", "boolean", "boolean"),
                "'0', '{}', '{Other}', false, false",
                "auto");

        assertThat(SORTED.matcher(plan).results().map(sort -> Integer.valueOf(sort.group(1))))
                .as(plan)
                .isNotEmpty()
                .allMatch(rows -> rows <= 8);
    }

    /** The partitions that the statement reads, prepared as the relay's session prepares it. */
    private Set<String> scanned(String statement, List<String> arguments, String values, String planning)
            throws SQLException {
        var plan = plan(statement, arguments, values, planning);
        var names = new TreeSet<String>();
        SCANNED.matcher(plan).results().forEach(found -> names.add(found.group(1)));
        assertThat(names).as(plan).isNotEmpty();
        return names;
    }

    private String plan(String statement, List<String> arguments, String values, String planning) throws SQLException {
        try (var session = database.getConnection();
                var sql = session.createStatement()) {
            Relay.pageByNumber(session);
            sql.execute("SET plan_cache_mode = " + planning);
            sql.execute("PREPARE relay (" + String.join(", ", arguments) + ") AS " + numbered(statement));
            session.setAutoCommit(false); // all is given up in the end
            for (int i = 0; i < EXECUTIONS && statement.startsWith("SELECT"); i++) {
                sql.execute("EXECUTE relay (" + values + ")");
            }
            var plan = new StringBuilder();
            try (var lines = sql.executeQuery("EXPLAIN (ANALYZE) EXECUTE relay (" + values + ")")) {
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
            }
            session.rollback();
            return plan.toString();
        }
    }

    private static String numbered(String statement) {
        var numbered = statement;
        for (int n = 1; numbered.contains("?"); n++) {
            numbered = numbered.replaceFirst("\\?", "\\$" + n);
        }
        return numbered;
    }

    /** Partitions between what has all been sent and what nobody has written yet. */
    private List<String> live() {
        long first = Long.parseLong(position.lowestUnsent()) / WIDTH;
        long last = Long.parseLong(position.beyondTarget()) / WIDTH;
        assertThat(last - first).isLessThan(3);
        return LongStream.rangeClosed(first, last).mapToObj(n -> "outbox_" + n).toList();
    }

    private void publish(int events) throws SQLException {
        publish("Test", events);
    }

    private void publish(String topic, int events) throws SQLException {
        for (int i = 0; i < events; i++) {
            var event = new OutboxEvent(EventIds.next(), topic, "child", Map.of(), "{}".getBytes(UTF_8));
            Transactions.of(database).run(tx -> {
                new Outbox().publish(tx, List.of(event));
                return event;
            });
        }
    }

    private static String snapshot(Connection session) throws SQLException {
        try (var statement = session.createStatement();
                var row = statement.executeQuery("SELECT pg_current_snapshot()::text")) {
            row.next();
            return row.getString(1);
        }
    }
}
