package org.jikimi.local;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import org.postgresql.PGConnection;

/**
 * Loads the backup of one database beside the one that is there, and only when it is whole puts it in its place.
 * Nobody else may be using PostgreSQL.
 */
final class DatabaseRestore {
    private final Postgres postgres;
    private final Service service;
    private final BackupFiles files;
    private final Properties manifest;

    /**
     * @throws StackFailure if the files are no backup, a damaged one, or one made with other keys
     */
    DatabaseRestore(Postgres postgres, Secrets secrets, Service service, BackupFiles files) throws IOException {
        this.postgres = postgres;
        this.service = service;
        this.files = files;
        this.manifest = files.manifest();
        files.requireWhole(manifest);
        if (!BackupFiles.fingerprint(secrets, service).equals(manifest.getProperty("keys"))) {
            throw new StackFailure(
                    "The backup of %s was made with other keys than those in %s: put the secrets back first."
                            .formatted(service.module(), secrets.directory()));
        }
    }

    Service service() {
        return service;
    }

    String takenAt() {
        return manifest.getProperty("taken.at");
    }

    /**
     * Loads it.
     *
     * @return rows loaded
     * @throws StackFailure if the backup is of another major version of PostgreSQL; the database is as before
     */
    long run() throws SQLException, IOException {
        var draft = service.key() + "_restoring";
        long rows;
        try (var server = postgres.connect("postgres")) {
            requireSameMajor(server);
            execute(server, "DROP DATABASE IF EXISTS \"%s\"".formatted(draft));
            execute(server, "CREATE DATABASE \"%s\" OWNER %s".formatted(draft, Secrets.ownerOf(service)));
            try (var database = postgres.connect(draft)) {
                rows = load(database);
            }
            // Ids that lie in the future would hide rows from the relay and the sealer.
            execute(
                    server,
                    "DO $$ BEGIN WHILE pg_current_xact_id() < '%d'::xid8 LOOP COMMIT; END LOOP; END $$"
                            .formatted(Long.parseLong(manifest.getProperty("xid"))));
            execute(server, "DROP DATABASE IF EXISTS \"%s\" WITH (FORCE)".formatted(service.key()));
            execute(server, "ALTER DATABASE \"%s\" RENAME TO \"%s\"".formatted(draft, service.key()));
        }
        postgres.createRolesAndDatabases();
        return rows;
    }

    private void requireSameMajor(Connection server) throws SQLException {
        var here = Integer.toString(server.getMetaData().getDatabaseMajorVersion());
        if (!here.equals(manifest.getProperty("postgres.major"))) {
            throw new StackFailure("The backup is of PostgreSQL %s, and this is %s: restore it with the version of"
                            .formatted(manifest.getProperty("postgres.major"), here)
                    + " Jikimi that wrote it, and update then.");
        }
    }

    private long load(Connection database) throws SQLException, IOException {
        database.setAutoCommit(false);
        execute(database, "SET ROLE " + Secrets.ownerOf(service));
        execute(database, Files.readString(files.schema()));
        makePartitions(database);
        execute(database, "RESET ROLE");
        execute(database, "SET session_replication_role = replica"); // references hold as they held in the backup
        long rows = 0;
        for (var table : BackupFiles.tables(manifest)) {
            execute(database, "DELETE FROM \"%s\"".formatted(table)); // what a migration has filled
            rows += copy(database, table);
        }
        for (var name : manifest.stringPropertyNames()) {
            if (name.endsWith(".sequence")) {
                execute(
                        database,
                        "SELECT setval('\"%s\"', %d)"
                                .formatted(
                                        name.substring(0, name.length() - ".sequence".length()),
                                        Long.parseLong(manifest.getProperty(name))));
            }
        }
        database.commit();
        database.setAutoCommit(true);
        execute(database, "ANALYZE");
        return rows;
    }

    private void makePartitions(Connection database) throws SQLException {
        var there = tables(database);
        for (var table : BackupFiles.tables(manifest)) {
            var partition = manifest.getProperty(table + ".partition");
            if (partition != null && !there.contains(table)) {
                execute(database, "CREATE TABLE \"%s\" PARTITION OF %s".formatted(table, partition));
            }
        }
    }

    private long copy(Connection database, String table) throws SQLException, IOException {
        try (var in = files.read(table)) {
            var rows = database.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY \"%s\" (%s) FROM STDIN (FORMAT binary)"
                                    .formatted(table, manifest.getProperty(table + ".columns")),
                            in);
            if (rows != Long.parseLong(manifest.getProperty(table + ".rows"))) {
                throw new StackFailure("Of the table %s only %d rows were loaded.".formatted(table, rows));
            }
            return rows;
        }
    }

    private static Set<String> tables(Connection database) throws SQLException {
        var tables = new HashSet<String>();
        try (var statement = database.createStatement();
                var rows = statement.executeQuery("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
