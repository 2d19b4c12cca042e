package org.jikimi.city;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command that writes a synthetic city. */
public final class CityMain {
    private static final String HELP = """
            city --out DIR [--children N] [--seed S] [--as-of DATE]
              Writes a synthetic city as the files that its agencies would send. The same values give the same bytes.
              --out DIR       directory, made if need be
              --children N    how many children, 10 to 1800000   (100000)
              --seed S        which city, a whole number         (1)
              --as-of DATE    the city's today, YYYY-MM-DD       (2026-10-01)
            """;
    private static final String NEXT = """

            Next, with the stack running and a token of each agency in TOKEN:
              curl -H "Authorization: Bearer $TOKEN" -H "Idempotency-Key: children-1" \\
                   -H "Content-Type: application/x-ndjson" --data-binary @DIR/children.ndjson \\
                   http://127.0.0.1:8081/api/v1/child-batches
              curl -H "Authorization: Bearer $TOKEN" -H "Idempotency-Key: power-1" \\
                   -H "Content-Type: text/csv" --data-binary @DIR/signals-power-utility.csv \\
                   http://127.0.0.1:8081/api/v1/signal-batches
            """;

    private CityMain() {}

    public static void main(String[] args) throws IOException {
        System.exit(run(List.of(args), System.out, System.err));
    }

    /** Runs the command; answers its exit code, 0 or 2 for arguments that mean nothing. */
    static int run(List<String> args, PrintStream out, PrintStream err) throws IOException {
        if (args.isEmpty() || args.contains("--help") || args.contains("-h")) {
            out.print(HELP);
            return args.isEmpty() ? 2 : 0;
        }
        City city;
        Path directory;
        try {
            Map<String, String> options = options(args);
            String to = options.remove("--out");
            if (to == null) {
                throw new IllegalArgumentException("--out is missing");
            }
            directory = Path.of(to);
            city = city(options);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            err.println("city: " + e.getMessage());
            err.print(HELP);
            return 2;
        }
        out.printf(
                "Writing a synthetic city of %,d children, seed %d, as of %s.%n",
                city.children(), city.seed(), city.asOf());
        new CityFiles(city).write(directory).forEach((file, lines) -> out.printf("%,12d  %s%n", lines, file));
        out.print(NEXT.replace("DIR", directory.toString()));
        return 0;
    }

    private static City city(Map<String, String> options) {
        long children = Long.parseLong(options.getOrDefault("--children", "100000"));
        long seed = Long.parseLong(options.getOrDefault("--seed", "1"));
        LocalDate asOf = LocalDate.parse(options.getOrDefault("--as-of", "2026-10-01"));
        return new City(children, seed, asOf);
    }

    private static Map<String, String> options(List<String> args) {
        var options = new HashMap<String, String>();
        for (int i = 0; i < args.size(); i += 2) {
            String name = args.get(i);
            if (!List.of("--out", "--children", "--seed", "--as-of").contains(name)) {
                throw new IllegalArgumentException("there is no option " + name);
            }
            if (i + 1 == args.size()) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            options.put(name, args.get(i + 1));
        }
        return options;
    }
}
