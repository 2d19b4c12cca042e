package org.jikimi.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Ends a restore: names by child what is still open. */
@Command(
        name = "reconcile",
        description =
                "Holds the four databases and Kafka against each other and prints a line for each child of whom an"
                        + " event is lost, not applied or parked, and the totals. The exit code is 0 if there is none, else 1.")
final class ReconcileCommand implements Callable<Integer> {
    private static final Pattern REASON = Pattern.compile("[^\\p{Cntrl}]{5,300}");

    @Mixin
    private Jikimi.Where where = new Jikimi.Where();

    @Option(
            names = "--connections",
            paramLabel = "FILE",
            description = "instead of the local stack: a properties file, readable by its owner alone, with"
                    + " SERVICE.url (jdbc:postgresql:…), SERVICE.user and SERVICE.password for screening, case, referral"
                    + " and notification, and the options of a Kafka client, each after 'kafka.'")
    private @Nullable Path connections;

    @Option(
            names = "--close",
            description = "remember, after the report, that people have dealt with all that was lost so far: it is not"
                    + " reported again, and the alert ends; needs --reason")
    private boolean close;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "why it may be closed: one line, such as the number of the incident; nothing personal, it is"
                    + " kept")
    private String reason = "";

    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "who closes it; if not given, who is logged in here")
    private String by = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (close && !REASON.matcher(reason).matches()) {
            throw new StackFailure("--close needs --reason TEXT: one line of 5 to 300 characters that says why.");
        }
        var settings = connections == null ? local(where.layout()) : given(connections);
        var databases = new EnumMap<Service, Connection>(Service.class);
        try {
            for (var service : Service.values()) {
                databases.put(service, connect(settings, service));
            }
            var findings = new Reconciliation(databases, new KafkaEvents(kafka(settings))).find();
            var out = spec.commandLine().getOut();
            findings.lines().forEach(out::println);
            out.println(findings.isEmpty() ? "Balanced: nothing is lost, missing or parked." : findings.totals() + ".");
            if (close) {
                int closed = close(databases, findings.children());
                out.println(
                        closed == 0
                                ? "Nothing to close: no restore is open."
                                : "Closed: what was lost until now is not reported again.");
            }
            return findings.isEmpty() ? 0 : 1;
        } catch (SQLException failure) {
            throw new StackFailure(
                    "A database does not answer (" + failure.getMessage()
                            + "): all four and Kafka are needed; ./jikimi up --empty starts the local ones.",
                    failure);
        } catch (KafkaException failure) {
            throw new StackFailure("Kafka does not answer: " + failure.getMessage() + ".", failure);
        } finally {
            databases.values().forEach(ReconcileCommand::end);
        }
    }

    private int close(Map<Service, Connection> databases, int open) throws SQLException {
        int closed = 0;
        for (var database : databases.values()) {
            try (var update = database.prepareStatement(
                    "UPDATE relay_restore SET reconciled_at = clock_timestamp(), closed_by = ?, closed_reason = ?,"
                            + " closed_open = ? WHERE reconciled_at IS NULL")) {
                update.setString(1, by);
                update.setString(2, reason);
                update.setInt(3, open);
                closed += update.executeUpdate();
            }
        }
        return closed;
    }

    private static Properties local(Layout layout) {
        var secrets = layout.knownSecrets();
        var ports = layout.ports();
        var settings = new Properties();
        for (var service : Service.values()) {
            settings.setProperty(
                    service.key() + ".url", "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/" + service.key());
            settings.setProperty(service.key() + ".user", Secrets.ownerOf(service));
            settings.setProperty(service.key() + ".password", secrets.of(service, "db.owner"));
        }
        KafkaConfig.client("127.0.0.1:" + ports.kafka(), KafkaConfig.ADMIN, secrets.kafkaAdmin())
                .forEach((name, value) -> settings.setProperty("kafka." + name, value.toString()));
        return settings;
    }

    private static Properties given(Path file) {
        if (!Files.isReadable(file)) {
            throw new StackFailure(file + " cannot be read: --connections names a file, ./jikimi reconcile --help tells"
                    + " what is in it.");
        }
        return SecretFiles.read(file);
    }

    private static Connection connect(Properties settings, Service service) throws SQLException {
        var url = settings.getProperty(service.key() + ".url");
        if (url == null) {
            throw new StackFailure("The connections have no " + service.key() + ".url.");
        }
        var options = new Properties();
        for (var name : new String[] {"user", "password"}) {
            options.setProperty(name, settings.getProperty(service.key() + "." + name, ""));
        }
        return DriverManager.getConnection(url, options);
    }

    private static Map<String, Object> kafka(Properties settings) {
        var options = new HashMap<String, Object>();
        for (var name : settings.stringPropertyNames()) {
            if (name.startsWith("kafka.")) {
                options.put(name.substring("kafka.".length()), settings.getProperty(name));
            }
        }
        return options;
    }

    private static void end(Connection connection) {
        try {
            connection.close();
        } catch (SQLException gone) {
            // it ends with this process
        }
    }
}
