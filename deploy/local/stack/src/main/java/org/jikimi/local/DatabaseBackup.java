package org.jikimi.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.postgresql.PGConnection;

/**
 * Writes one database, which may be in use, as it is at one instant: every table by COPY in one transaction, how its
 * partitions are cut, where its sequences stand, and the migrations that made it. Why not {@code pg_dump}: the
 * PostgreSQL that the project brings has none.
 */
final class DatabaseBackup {
    private static final String TABLES = """
            SELECT c.relname, p.relname, pg_get_expr(c.relpartbound, c.oid),
                (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
                 WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '')
            FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid LEFT JOIN pg_class p ON p.oid = i.inhparent
            WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
                AND (i.inhrelid IS NOT NULL AND NOT i.inhdetachpending OR c.relname !~ '^(outbox_|inbox_w)[0-9]+$')
            ORDER BY c.relname""";

    /** What Flyway makes by itself, before the first migration. */
    static final String HISTORY = """
            CREATE TABLE flyway_schema_history (installed_rank int NOT NULL, version varchar(50),
                description varchar(200) NOT NULL, type varchar(20) NOT NULL, script varchar(1000) NOT NULL, checksum int,
                installed_by varchar(100) NOT NULL, installed_on timestamp NOT NULL DEFAULT now(),
                execution_time int NOT NULL, success boolean NOT NULL,
                CONSTRAINT flyway_schema_history_pk PRIMARY KEY (installed_rank));
            CREATE INDEX flyway_schema_history_s_idx ON flyway_schema_history (success);
            """;

    private final Path root;
    private final Secrets secrets;
    private final Service service;
    private final BackupFiles files;

    /**
     * @param root the repository, in which the migrations lie
     */
    DatabaseBackup(Path root, Secrets secrets, Service service, BackupFiles files) {
        this.root = root;
        this.secrets = secrets;
        this.service = service;
        this.files = files;
    }

    /**
     * Writes it.
     *
     * @param database connected as one who may read all of it
     * @return rows written
     * @throws StackFailure if a migration that the database has seen is not known here
     */
    long write(Connection database) throws SQLException, IOException {
        files.make();
        var manifest = new Properties();
        manifest.setProperty(
                "postgres.major", Integer.toString(database.getMetaData().getDatabaseMajorVersion()));
        manifest.setProperty("keys", BackupFiles.fingerprint(secrets, service));
        manifest.setProperty("taken.at", Instant.now().toString());
        database.setAutoCommit(false);
        database.setReadOnly(true);
        database.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        long rows = 0;
        for (var table : tables(database, manifest).entrySet()) {
            rows += copy(database, manifest, table.getKey(), table.getValue());
        }
        // Ids of transactions are kept in rows and may not lie in the future of whatever these rows are loaded into.
        manifest.setProperty("xid", only(database, "SELECT pg_snapshot_xmax(pg_current_snapshot())::text"));
        sequences(database, manifest);
        SecretFiles.write(files.schema(), schema(database));
        database.rollback();
        files.writeManifest(manifest);
        return rows;
    }

    private long copy(Connection database, Properties manifest, String table, String columns)
            throws SQLException, IOException {
        long rows;
        try (var out = files.write(table)) {
            rows = database.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY \"%s\" (%s) TO STDOUT (FORMAT binary)".formatted(table, columns), out);
        }
        manifest.setProperty(table + ".columns", columns);
        manifest.setProperty(table + ".rows", Long.toString(rows));
        manifest.setProperty(table + ".sha256", files.sha256(table));
        return rows;
    }

    /** Columns by table. */
    private static Map<String, String> tables(Connection database, Properties manifest) throws SQLException {
        var tables = new LinkedHashMap<String, String>();
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                tables.put(rows.getString(1), rows.getString(4));
                if (rows.getString(2) != null) {
                    manifest.setProperty(
                            rows.getString(1) + ".partition",
                            "\"%s\" %s".formatted(rows.getString(2), rows.getString(3)));
                }
            }
        }
        return tables;
    }

    /** Sequences are not part of a transaction's view: read last, they are never behind the rows. */
    private static void sequences(Connection database, Properties manifest) throws SQLException {
        try (var statement = database.createStatement();
                var rows = statement.executeQuery("SELECT sequencename, last_value FROM pg_sequences "
                        + "WHERE schemaname = 'public' AND last_value IS NOT NULL")) {
            while (rows.next()) {
                manifest.setProperty(rows.getString(1) + ".sequence", rows.getString(2));
            }
        }
    }

    private String schema(Connection database) throws SQLException, IOException {
        var schema = new StringBuilder(HISTORY);
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(
                        "SELECT script FROM flyway_schema_history WHERE success ORDER BY installed_rank")) {
            while (rows.next()) {
                schema.append(migration(rows.getString(1)).replace("${app}", Secrets.appOf(service)))
                        .append('\n');
            }
        }
        return schema.toString();
    }

    private String migration(String script) throws IOException {
        var name = Path.of(script).getFileName();
        for (var folder : new String[] {
            "platform/runtime/src/main/resources/db/runtime", service.module() + "/src/main/resources/db/migration"
        }) {
            var file = root.resolve(folder).resolve(name);
            if (Files.exists(file)) {
                return Files.readString(file);
            }
        }
        throw new StackFailure("The database of %s has seen the migration %s, which is not in %s: back it up with the"
                        .formatted(service.module(), name, root)
                + " version that it runs with.");
    }

    private static String only(Connection database, String query) throws SQLException {
        try (var statement = database.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
