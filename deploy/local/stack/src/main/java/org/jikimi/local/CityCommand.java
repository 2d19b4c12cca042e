package org.jikimi.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jikimi.city.CityFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a synthetic city. */
@Command(
        name = "city",
        mixinStandardHelpOptions = true,
        description = "Writes a synthetic city as the files that its agencies would send. The same values give the same"
                + " bytes. Nobody in it ever lived.")
final class CityCommand implements Callable<Integer> {
    @Option(names = "--out", paramLabel = "DIR", required = true, description = "directory, made if need be")
    private Path out = Path.of("");

    @Option(names = "--children", paramLabel = "N", description = "how many children, 10 to 1800000 (default: 100000)")
    private @Nullable Long children;

    @Option(names = "--seed", paramLabel = "S", description = "which city, a whole number (default: 1)")
    private @Nullable Long seed;

    @Option(
            names = "--as-of",
            paramLabel = "DATE",
            defaultValue = "2026-10-01",
            description = "the city's today (default: ${DEFAULT-VALUE})")
    private LocalDate asOf = LocalDate.EPOCH;

    @Override
    public Integer call() {
        var city = CityStory.fresh(children, seed, asOf);
        System.out.printf(
                Locale.ROOT,
                "Writing a synthetic city of %,d children, seed %d, as of %s.%n",
                city.children(),
                city.seed(),
                city.asOf());
        try {
            new CityFiles(city)
                    .write(out)
                    .forEach((file, lines) -> System.out.printf(Locale.ROOT, "%,12d  %s%n", lines, file));
        } catch (IOException e) {
            throw new StackFailure(out + " cannot be written (" + e.getMessage() + "): choose another with --out.", e);
        }
        System.out.println(NEXT.replace("DIR", out.toString()));
        return 0;
    }

    private static final String NEXT = """

            Next, with ./jikimi up --empty running elsewhere:
              curl -H "Authorization: Bearer $(./jikimi token agency-resident-register)" -H "Idempotency-Key: children-1" \\
                   -H "Content-Type: application/x-ndjson" --data-binary @DIR/children.ndjson \\
                   http://127.0.0.1:8081/api/v1/child-batches
              curl -H "Authorization: Bearer $(./jikimi token agency-power-utility)" -H "Idempotency-Key: power-1" \\
                   -H "Content-Type: text/csv" --data-binary @DIR/signals-power-utility.csv \\
                   http://127.0.0.1:8081/api/v1/signal-batches""";
}
