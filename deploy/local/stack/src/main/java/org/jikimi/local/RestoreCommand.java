package org.jikimi.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts one database, or all four, back to a backup. */
@Command(
        name = "restore",
        description = "Puts databases back to a backup. The platform must be down; the others are not touched. A"
                + " database is replaced only when all of its backup has been loaded. What happens next, and what people"
                + " must do then, is in docs/runbook-backup-restore.md.")
final class RestoreCommand implements Callable<Integer> {
    @Mixin
    private Jikimi.Where where = new Jikimi.Where();

    @Parameters(index = "0", paramLabel = "DIR", description = "directory that ./jikimi backup has written")
    private Path directory = Path.of("");

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "SERVICE",
            description = "${COMPLETION-CANDIDATES}; all four if none is named")
    private @Nullable Service only;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var layout = where.layout();
        var backup = directory.toAbsolutePath().normalize();
        var services = only == null ? List.of(Service.values()) : List.of(only);
        services.forEach(service -> BackupFiles.of(backup, service).manifest());
        if (!Files.exists(layout.secrets().resolve("stack.properties"))) {
            throw new StackFailure(
                    "There are no keys in %s: put back the stack.properties of the backed-up platform first."
                            .formatted(layout.secrets()));
        }
        layout.prepare();
        try (var channel = FileChannel.open(
                        layout.run().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = UpCommand.lock(channel, layout)) {
            requireDown(layout);
            restore(layout, backup, services);
        }
        return 0;
    }

    private void restore(Layout layout, Path backup, List<Service> services) throws IOException {
        var secrets = layout.knownSecrets();
        var port = layout.ports().postgres();
        if (!Ports.isFree(port)) {
            throw new StackFailure("Port " + port + " of postgresql is taken: end what listens there.");
        }
        var postgres = new Postgres(layout, port, secrets, new Children(layout));
        var restores = new ArrayList<DatabaseRestore>();
        for (var service : services) {
            restores.add(new DatabaseRestore(postgres, secrets, service, BackupFiles.of(backup, service)));
        }
        var ending = new Thread(postgres::stop);
        Runtime.getRuntime().addShutdownHook(ending);
        try {
            postgres.start();
            for (var restore : restores) {
                tell(restore);
            }
        } catch (SQLException failure) {
            throw new StackFailure("The backup cannot be loaded: " + failure.getMessage() + ".", failure);
        } finally {
            postgres.stop();
            Runtime.getRuntime().removeShutdownHook(ending);
        }
        spec.commandLine()
                .getOut()
                .println("Restored. ./jikimi up --empty starts the platform; ./jikimi reconcile tells what was lost.");
    }

    private void tell(DatabaseRestore restore) throws SQLException, IOException {
        var began = System.nanoTime();
        var rows = restore.run();
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "  %-22s %,d rows of %s in %.1f s%n",
                        restore.service().module(),
                        rows,
                        restore.takenAt(),
                        (System.nanoTime() - began) / 1e9);
    }

    private static void requireDown(Layout layout) {
        if (RunRecord.all(layout.run()).stream()
                .anyMatch(record -> record.process().isPresent())) {
            throw new StackFailure("A stack runs from " + layout.data() + ": ./jikimi down ends it first.");
        }
    }
}
