package org.jikimi.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a database held when it had just been prepared, so that a used one can be made like it again: its tables are emptied,
 * what the preparation put in is put in again, its sequences begin anew. One whose definitions were changed, that has grown,
 * or that somebody still works in is not made like it, but given up.
 */
final class Pristine {
    static final String POOL = "pool of a test";

    private static final long LARGEST = 16 << 20; // bytes of tables and indexes

    // Whatever changes a definition, or what the planner knows, writes a row of these, as a younger transaction, or
    // takes one out.
    private static final String DEFINITIONS = List.of(
                    "pg_class",
                    "pg_attribute",
                    "pg_attrdef",
                    "pg_constraint",
                    "pg_index",
                    "pg_trigger",
                    "pg_proc",
                    "pg_type",
                    "pg_sequence",
                    "pg_rewrite",
                    "pg_policy",
                    "pg_enum",
                    "pg_statistic")
            .stream()
            .map(catalog -> "SELECT '%s ' || count(*) || ' ' || coalesce(max(xmin::text::bigint), 0) FROM %s"
                    .formatted(catalog, catalog))
            .collect(Collectors.joining(" UNION ALL "));
    private static final String TABLES = """
            SELECT oid::regclass::text FROM pg_class
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY oid""";
    private static final String LONG = """
            SELECT oid::regclass::text FROM pg_class
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > current_setting('block_size')::int""";
    private static final String SEQUENCES = """
            SELECT format('SELECT setval(%L, %s, %s)', format('%I.%I', schemaname, sequencename),
              coalesce(last_value, start_value), (last_value IS NOT NULL)::text) FROM pg_sequences WHERE schemaname = 'public'""";
    private static final String SIZE = """
            SELECT sum(pg_table_size(oid) + pg_indexes_size(oid)) FROM pg_class
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace""";
    private static final String OTHERS = """
            SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
              AND backend_type = 'client backend' AND application_name <> '%s'""".formatted(POOL);

    private final List<String> definitions;
    private final String emptying;
    private final Map<String, String> rows;
    private final String digests;
    private final List<String> digested;
    private final String sequences;

    private Pristine(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            definitions = strings(statement, DEFINITIONS);
            rows = new LinkedHashMap<>();
            var empty = new ArrayList<String>();
            for (var table : strings(statement, TABLES)) {
                var held = strings(statement, "SELECT json_agg(x) FROM %s x HAVING count(*) > 0".formatted(table));
                if (held.isEmpty()) {
                    empty.add(table);
                } else {
                    rows.put(table, held.getFirst());
                }
            }
            emptying = empty.stream().map(table -> "DELETE FROM " + table).collect(Collectors.joining(";"));
            digests = rows.keySet().stream()
                    .map(table ->
                            "SELECT '%s ' || coalesce(md5(string_agg(x::text, '' ORDER BY x::text)), '') FROM %s x"
                                    .formatted(table, table))
                    .collect(Collectors.joining(" UNION ALL "));
            digested = strings(statement, digests);
            sequences = String.join(";", strings(statement, SEQUENCES));
        }
    }

    static Pristine of(Connection prepared) throws SQLException {
        return new Pristine(prepared);
    }

    /** Whether it could be made like what was prepared. */
    boolean restore(Connection used) throws SQLException {
        used.setAutoCommit(false);
        try (var statement = used.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '1s'");
            if (!strings(statement, OTHERS).equals(List.of("0"))
                    || Long.parseLong(strings(statement, SIZE).getFirst()) > LARGEST
                    || !strings(statement, DEFINITIONS).equals(definitions)) {
                return false;
            }
            statement.execute("SET LOCAL session_replication_role = replica"); // no triggers, no foreign keys
            statement.execute(emptying);
            if (!strings(statement, digests).equals(digested)) {
                for (var table : rows.entrySet()) {
                    statement.execute("DELETE FROM " + table.getKey());
                    fill(used, table.getKey(), table.getValue());
                }
            }
            statement.execute(sequences);
            used.commit();
            used.setAutoCommit(true);
            statement.execute("RESET ALL; RESET ROLE; UNLISTEN *; SELECT pg_advisory_unlock_all()");
            var left = strings(statement, LONG);
            left.removeAll(rows.keySet());
            if (!left.isEmpty()) { // what lies where in a table is seen by whoever reads it by its pages
                statement.execute("VACUUM (SKIP_DATABASE_STATS) " + String.join(",", left));
                left = strings(statement, LONG);
                left.removeAll(rows.keySet());
            }
            return left.isEmpty();
        }
    }

    private static void fill(Connection connection, String table, String rows) throws SQLException {
        try (var insert = connection.prepareStatement("INSERT INTO " + table
                + " OVERRIDING SYSTEM VALUE SELECT * FROM json_populate_recordset(NULL::" + table + ", ?::json)")) {
            insert.setString(1, rows);
            insert.execute();
        }
    }

    private static List<String> strings(Statement statement, String sql) throws SQLException {
        if (sql.isEmpty()) {
            return List.of();
        }
        try (var rows = statement.executeQuery(sql)) {
            var strings = new ArrayList<String>();
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
            return strings;
        }
    }
}
