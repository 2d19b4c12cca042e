package org.jikimi.local;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the end of a log. */
@Command(name = "logs", description = "Shows the end of a part's log; without a part, the names of all logs.")
final class LogsCommand implements Callable<Integer> {
    @Mixin
    private Jikimi.Where where = new Jikimi.Where();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PART",
            description = "screening, case, referral, notification, kafka, postgresql or keycloak")
    private @Nullable String part;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "100",
            description = "how many lines (default: ${DEFAULT-VALUE})")
    private int lines;

    @Override
    public Integer call() throws IOException {
        var layout = where.layout();
        if (part == null) {
            try (var logs = Files.list(layout.logs())) {
                logs.sorted().forEach(System.out::println);
            }
            return 0;
        }
        var log = layout.log(part);
        if (!Files.exists(log)) {
            log = layout.log(part + "-service");
        }
        if (!Files.exists(log)) {
            throw new StackFailure("There is no log of " + part + " in " + layout.logs() + ".");
        }
        var all = Files.readAllLines(log);
        all.subList(Math.max(0, all.size() - lines), all.size()).forEach(System.out::println);
        return 0;
    }
}
