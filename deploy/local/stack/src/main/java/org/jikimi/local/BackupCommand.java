package org.jikimi.local;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Backs the four databases up while they are in use. */
@Command(
        name = "backup",
        description = "Writes the databases of the running platform to a new directory, each as it is at one instant."
                + " The keys are not in it: keep a copy of secrets/stack.properties, and of anchors/, somewhere else."
                + " docs/runbook-backup-restore.md tells the rest.")
final class BackupCommand implements Callable<Integer> {
    @Mixin
    private Jikimi.Where where = new Jikimi.Where();

    @Parameters(paramLabel = "DIR", description = "directory of this backup, which does not exist yet")
    private Path directory = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var layout = where.layout();
        var secrets = layout.knownSecrets();
        var postgres = new Postgres(layout, layout.ports().postgres(), secrets, new Children(layout));
        var backup = directory.toAbsolutePath().normalize();
        if (Files.exists(backup)) {
            throw new StackFailure(backup + " exists already: every backup has a directory of its own.");
        }
        try {
            write(layout, secrets, postgres, backup);
        } catch (SQLException failure) {
            throw new StackFailure(
                    "PostgreSQL at %s cannot be backed up (%s): does the platform run? ./jikimi up starts it."
                            .formatted(postgres.address(), failure.getMessage()),
                    failure);
        } catch (IOException failure) {
            throw new StackFailure(
                    backup + " cannot be written (" + failure.getMessage() + "): is there space?", failure);
        }
        return 0;
    }

    /** A backup that was broken off is never found under its name. */
    private void write(Layout layout, Secrets secrets, Postgres postgres, Path backup)
            throws SQLException, IOException {
        var out = spec.commandLine().getOut();
        var draft = backup.resolveSibling(backup.getFileName() + ".draft");
        Trees.delete(draft);
        Files.createDirectories(draft);
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwx------"));
        try {
            for (var service : Service.values()) {
                write(layout, secrets, postgres, service, draft, out);
            }
            Files.move(draft, backup, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Trees.delete(draft);
        }
        out.println("Backed up to " + backup + ". Without the keys in " + layout.secrets() + " it cannot be read.");
    }

    private static void write(
            Layout layout, Secrets secrets, Postgres postgres, Service service, Path draft, PrintWriter out)
            throws SQLException, IOException {
        var began = System.nanoTime();
        try (var database = postgres.connect(service.key())) {
            requireSpace(database, draft);
            var files = BackupFiles.of(draft, service);
            var rows = new DatabaseBackup(layout.root(), secrets, service, files).write(database);
            out.printf(
                    Locale.ROOT,
                    "  %-22s %,d rows in %.1f s%n",
                    service.module(),
                    rows,
                    (System.nanoTime() - began) / 1e9);
        }
    }

    private static void requireSpace(Connection database, Path where) throws SQLException, IOException {
        try (var statement = database.createStatement();
                var size = statement.executeQuery("SELECT pg_database_size(current_database())")) {
            size.next();
            if (Files.getFileStore(where).getUsableSpace() < size.getLong(1)) {
                throw new StackFailure(
                        "The disk of %s is too full for a database of %,d MB.".formatted(where, size.getLong(1) >> 20));
            }
        }
    }
}
