package org.jikimi.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.postgresql.PGConnection;

/** PostgreSQL 18 with a database, an owner and an app role for each service; fsync on, kept between runs. */
final class Postgres implements Part {
    private static final Duration START_WITHIN = Duration.ofSeconds(60);
    /** How the files of a new or a killed server reach the disk: at once where the system can, for they are thousands. */
    private static final String SYNC_METHOD = System.getProperty("os.name").equals("Linux") ? "syncfs" : "fsync";

    private final Layout layout;
    private final int port;
    private final Secrets secrets;
    private final Children children;

    Postgres(Layout layout, int port, Secrets secrets, Children children) {
        this.layout = layout;
        this.port = port;
        this.secrets = secrets;
        this.children = children;
    }

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void start() {
        children.turnLog(name());
        var home = layout.data().resolve("postgresql");
        try {
            Files.createDirectories(home);
        } catch (IOException e) {
            throw new StackFailure(home + " cannot be made: " + e.getMessage() + ".", e);
        }
        var programs = PostgresFiles.unpackedIn(home.resolve("server")).resolve("bin");
        var data = home.resolve("data");
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            initialise(programs, data);
        }
        var child = children.start(name(), asUser(serverCommand(programs, data)), Map.of(), RunRecord.Signal.INT);
        awaitAnswer(child);
        createRolesAndDatabases();
    }

    @Override
    public void stop() {
        children.end(name());
    }

    private void initialise(Path programs, Path data) {
        var password = secrets.directory().resolve("postgres.init");
        SecretFiles.write(password, secrets.postgres() + "\n");
        try {
            children.run(
                    name(),
                    asUser(List.of(
                            programs.resolve("initdb").toString(),
                            "--sync-method=" + SYNC_METHOD,
                            "--pgdata=" + data,
                            "--username=postgres",
                            "--pwfile=" + password,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8",
                            "--locale=C")),
                    Map.of());
            Files.delete(password);
        } catch (IOException e) {
            throw new StackFailure(password + " cannot be removed: " + e.getMessage() + ".", e);
        }
    }

    private List<String> serverCommand(Path programs, Path data) {
        var command = new ArrayList<>(List.of(programs.resolve("postgres").toString(), "-D", data.toString()));
        var settings = Map.of(
                "port", String.valueOf(port),
                "listen_addresses", "127.0.0.1",
                "unix_socket_directories", "",
                "fsync", "on",
                "synchronous_commit", "on",
                "max_connections", "150",
                "shared_buffers", "128MB",
                "log_timezone", "UTC",
                "timezone", "UTC",
                "recovery_init_sync_method", SYNC_METHOD);
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command;
    }

    /** PostgreSQL refuses to run as root; in a user name space of its own it is nobody, and still owns its files. */
    private static List<String> asUser(List<String> command) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return command;
        }
        var whole = new ArrayList<>(List.of("unshare", "-U"));
        whole.addAll(command);
        return whole;
    }

    private void awaitAnswer(Children.Child child) {
        var until = System.nanoTime() + START_WITHIN.toNanos();
        while (true) {
            child.requireAlive();
            try (var connection = connect("postgres")) {
                return;
            } catch (SQLException notYet) {
                if (System.nanoTime() > until) {
                    throw new StackFailure(
                            name() + " does not answer (" + notYet.getMessage() + "): see " + child.log() + ".",
                            notYet);
                }
                Pause.ofMillis(50);
            }
        }
    }

    Connection connect(String database) throws SQLException {
        var options = new Properties();
        options.setProperty("user", "postgres");
        options.setProperty("password", secrets.postgres());
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, options);
    }

    /** Makes what is missing, and has the passwords be those of the secrets. */
    void createRolesAndDatabases() {
        try (var connection = connect("postgres")) {
            for (var service : Service.values()) {
                var owner = Secrets.ownerOf(service);
                var app = Secrets.appOf(service);
                createRole(connection, owner, secrets.of(service, "db.owner"));
                createRole(connection, app, secrets.of(service, "db.app"));
                if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", service.key())) {
                    execute(connection, "CREATE DATABASE \"%s\" OWNER %s".formatted(service.key(), owner));
                }
                execute(connection, "REVOKE ALL ON DATABASE \"%s\" FROM PUBLIC".formatted(service.key()));
                execute(connection, "GRANT CONNECT ON DATABASE \"%s\" TO %s".formatted(service.key(), app));
            }
        } catch (SQLException e) {
            throw new StackFailure("The databases cannot be made: " + e.getMessage() + ".", e);
        }
    }

    /** The password leaves this process only as a SCRAM verifier. */
    private static void createRole(Connection connection, String role, String password) throws SQLException {
        if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role)) {
            execute(connection, "CREATE ROLE " + role + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS");
        }
        connection.unwrap(PGConnection.class).alterUserPassword(role, password.toCharArray(), "scram-sha-256");
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            return statement.executeQuery().next();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
