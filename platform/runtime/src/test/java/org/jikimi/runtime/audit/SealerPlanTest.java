package org.jikimi.runtime.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sealed is not looked at again, however long the audit has grown and however the server plans. */
class SealerPlanTest {
    private static final int SEALED = 20_000;
    private static final Pattern LOOKED_AT =
            Pattern.compile("(?:rows=|Rows Removed by Filter: )(\\d+)(?:\\.\\d+ loops| *\\n)");

    private final AuditDatabase database = new AuditDatabase();
    private ChainEnd newest = ChainEnd.NONE;

    @BeforeEach
    void manyRowsOfWhichFewAreNotSealed(@TempDir Path directory) throws SQLException {
        database.tamper("""
                DO $$ BEGIN FOR n IN 1..%d LOOP
                    INSERT INTO audit (id, at, principal, action, subjects, mac)
                    VALUES (gen_random_uuid(), now(), 'officer', 'visit.read', ARRAY['visit:7'], '\\x00');
                    IF n %% 5 = 0 THEN COMMIT; END IF;
                END LOOP; END $$""".formatted(SEALED));
        database.tamper("ANALYZE audit");
        var sealer = new AuditSealer(
                database.transactions, new AnchorFile(directory.resolve("anchors")), AuditDatabase.TIMES);
        assertThat(sealer.sealOnce()).isEqualTo(SEALED);
        newest = database.transactions.run(ChainEnd::find);
        database.write("child:1", "child:2", "child:3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "force_generic_plan", "force_custom_plan"})
    void sealingLooksAtWhatIsNotSealedAlone(String planning) throws SQLException {
        var now = database.transactions.run(SealerPlanTest::snapshot);

        assertThat(lookedAt(
                        AuditSealer.UNSEALED,
                        "text, text, text, text, bigint, int",
                        "'%1$s', '%2$s', '%1$s', '%2$s', 0, 5000".formatted(newest.target(), now),
                        planning))
                .isLessThan(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "force_generic_plan", "force_custom_plan"})
    void theAgeOfWhatIsNotSealedIsFoundWithoutLookingAtTheRest(String planning) throws SQLException {
        assertThat(lookedAt(
                        AuditSealer.OLDEST_UNSEALED,
                        "text, text, text, bigint",
                        "'%1$s', '%1$s', '%1$s', %2$d".formatted(newest.target(), newest.lastSeq()),
                        planning))
                .isLessThan(100);
    }

    /** The rows that the statement reads, prepared and run as often as on a connection of long life. */
    private long lookedAt(String statement, String types, String values, String planning) throws SQLException {
        try (var session = database.app.getConnection();
                var sql = session.createStatement()) {
            sql.execute("SET plan_cache_mode = " + planning);
            sql.execute("PREPARE sealer (" + types + ") AS " + numbered(statement));
            for (int n = 0; n < 12; n++) {
                sql.execute("EXECUTE sealer (" + values + ")");
            }
            var plan = new StringBuilder();
            try (var lines = sql.executeQuery("EXPLAIN (ANALYZE) EXECUTE sealer (" + values + ")")) {
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
            }
            var counts = LOOKED_AT
                    .matcher(plan)
                    .results()
                    .map(found -> Long.parseLong(found.group(1)))
                    .toList();
            assertThat(counts).as(plan.toString()).isNotEmpty();
            return counts.stream().mapToLong(Long::longValue).max().orElseThrow();
        }
    }

    private static String numbered(String statement) {
        var numbered = statement;
        for (int n = 1; numbered.contains("?"); n++) {
            numbered = numbered.replaceFirst("\\?", "\\$" + n);
        }
        return numbered;
    }

    private static String snapshot(Connection tx) throws SQLException {
        try (var statement = tx.createStatement();
                var row = statement.executeQuery("SELECT pg_current_snapshot()::text")) {
            row.next();
            return row.getString(1);
        }
    }
}
