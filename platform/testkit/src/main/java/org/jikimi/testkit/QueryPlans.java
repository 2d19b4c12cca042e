package org.jikimi.testkit;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** What PostgreSQL can do for a statement, whatever its tables hold. */
public final class QueryPlans {
    private static final Pattern WHOLE_TABLE = Pattern.compile("Seq Scan on (\\S+)");
    private static final Pattern INDEX = Pattern.compile("Index (?:Only )?Scan (?:Backward )?(?:using|on) (\\S+)");

    private QueryPlans() {}

    /**
     * The tables and indexes that the statement reads from end to end, since no index leads to the rows it is after: none
     * that begins with what is asked for. One of open work alone may be read as a whole. Reading a table so is made so dear
     * that it is what is left. The statement is planned, and not run.
     *
     * @param statement with values in the places of its parameters
     */
    public static List<String> readAsAWhole(DataSource database, String statement) throws SQLException {
        try (var tx = database.getConnection()) {
            tx.setAutoCommit(false);
            try (var sql = tx.createStatement()) {
                sql.execute("SET LOCAL enable_seqscan = off");
                var plan = column(sql, "EXPLAIN (COSTS OFF) " + statement);
                var whole = new ArrayList<String>();
                for (int n = 0; n < plan.size(); n++) {
                    var table = WHOLE_TABLE.matcher(plan.get(n));
                    var index = INDEX.matcher(plan.get(n));
                    if (table.find()) {
                        whole.add(table.group(1));
                    } else if (index.find()
                            && !leads(sql, index.group(1), n + 1 < plan.size() ? plan.get(n + 1) : "")) {
                        whole.add(index.group(1));
                    }
                }
                return whole;
            } finally {
                tx.rollback();
            }
        }
    }

    private static boolean leads(Statement sql, String index, String condition) throws SQLException {
        var first = column(
                sql,
                "SELECT pg_get_indexdef(indexrelid, 1, true) FROM pg_index "
                        + "WHERE indexrelid = '%s'::regclass AND indpred IS NULL".formatted(index));
        return first.stream().allMatch(column -> condition.matches(" *Index Cond: \\(+" + column + " .*"));
    }

    private static List<String> column(Statement sql, String query) throws SQLException {
        var values = new ArrayList<String>();
        try (var rows = sql.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
