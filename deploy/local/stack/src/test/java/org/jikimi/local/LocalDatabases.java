package org.jikimi.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jikimi.runtime.audit.AuditSealer;

/** The four databases of a stack, with the tables that all services share. */
final class LocalDatabases implements AutoCloseable {
    private static final List<String> MIGRATIONS = List.of(
            "V0001__outbox_and_inbox.sql",
            "V0003__app_role.sql",
            "V0004__relay_mark.sql",
            "V0005__topic_ids.sql",
            "V0006__restore_closed.sql",
            "V0008__settled_numbers.sql",
            "V0030__subject_keys.sql");

    final Layout layout;
    final Postgres postgres;

    /** What a command ended with. */
    record Ended(int code, String out, String err) {}

    LocalDatabases(Path data) {
        layout = new Layout(Path.of(System.getProperty("jikimi.root")), data);
        layout.prepare();
        layout.writePorts(Ports.free());
        postgres = new Postgres(layout, layout.ports().postgres(), Secrets.in(layout.secrets()), new Children(layout));
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::stop));
        postgres.start();
    }

    @Override
    public void close() {
        postgres.stop();
    }

    /** Makes the tables as the service itself does. */
    void migrate(Service service) throws SQLException, IOException {
        execute(service, "DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION " + Secrets.ownerOf(service));
        var script = new StringBuilder("SET ROLE " + Secrets.ownerOf(service) + ";" + DatabaseBackup.HISTORY);
        for (int i = 0; i < MIGRATIONS.size(); i++) {
            var name = MIGRATIONS.get(i);
            try (var file = Objects.requireNonNull(AuditSealer.class.getResourceAsStream("/db/runtime/" + name))) {
                script.append(new String(file.readAllBytes(), UTF_8).replace("${app}", Secrets.appOf(service)));
            }
            script.append(
                    "INSERT INTO flyway_schema_history VALUES (%d, '%d', '', 'SQL', '%s', 0, 'test', now(), 0, true);"
                            .formatted(i + 1, i + 1, name));
        }
        execute(service, script.toString());
        execute(service, "CREATE TABLE outbox_0 PARTITION OF outbox FOR VALUES FROM ('0') TO ('1000000')");
    }

    void execute(Service service, String sql) throws SQLException {
        try (var connection = postgres.connect(service.key());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    List<String> query(Service service, String sql) throws SQLException {
        var found = new ArrayList<String>();
        try (var connection = postgres.connect(service.key());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    /** Runs a command of the launcher on this data directory, or another. */
    static Ended jikimi(Layout where, String... command) {
        var out = new StringWriter();
        var err = new StringWriter();
        var arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--data", where.data().toString()));
        var code = Jikimi.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
        return new Ended(code, out.toString(), err.toString());
    }
}
