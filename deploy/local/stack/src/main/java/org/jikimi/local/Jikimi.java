package org.jikimi.local;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands of the launcher script that concern the local stack. */
@Command(
        name = "./jikimi",
        description = "Runs the whole platform on this machine, without Docker.",
        mixinStandardHelpOptions = true,
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            TokenCommand.class,
            AuditCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            ReconcileCommand.class,
            ReplayCommand.class,
            ResetCommand.class,
            CityCommand.class,
            ComposeCommand.class,
            KafkaSetupCommand.class,
            KafkaClientCommand.class
        })
public final class Jikimi {
    private Jikimi() {}

    /** Runs one command; the exit code is 0, 1 for a failure told in one sentence, or 2 for a wrong command line. */
    public static void main(String... arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Jikimi())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (!(failure instanceof StackFailure)) {
                        throw failure;
                    }
                    command.getErr().println("jikimi: " + failure.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    /** The options of every command. */
    @Command(mixinStandardHelpOptions = true)
    static final class Where {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                defaultValue = "${env:JIKIMI_DATA}",
                description = "data directory of the stack; if not given, what JIKIMI_DATA names, else .jikimi in the"
                        + " repository")
        private @Nullable Path data;

        Layout layout() {
            var root = Path.of(System.getProperty("jikimi.root", "")).toAbsolutePath();
            return Layout.of(root, data);
        }
    }
}
