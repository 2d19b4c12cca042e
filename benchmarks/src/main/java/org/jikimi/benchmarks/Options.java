package org.jikimi.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What to measure.
 *
 * @param benchmarks {@code relay}, {@code audit}, {@code bulk}, {@code round}, {@code live}
 * @param children of the synthetic city, or cities, that bulk, round and live are measured on
 * @param lines of a batch of signals
 * @param runs how often bulk and round are measured; the median is told
 * @param json where the figures go
 */
record Options(List<String> benchmarks, int children, int lines, int runs, Path json) {
    static final List<String> ALL = List.of("relay", "audit", "bulk", "round", "live");
    private static final int SEOUL = 1_100_000;
    private static final int A_MILLION = 1_000_000;

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException if one of them means nothing; the message says which
     */
    static Options of(String... arguments) {
        var benchmarks = new ArrayList<String>();
        int children = SEOUL;
        int lines = A_MILLION;
        int runs = 3;
        var json = Path.of("benchmarks/target/bench.json");
        for (int i = 0; i < arguments.length; i++) {
            var argument = arguments[i];
            if (ALL.contains(argument)) {
                benchmarks.add(argument);
                continue;
            }
            if (!List.of("--children", "--lines", "--runs", "--json").contains(argument)) {
                throw new IllegalArgumentException("bench knows no '" + argument + "'");
            }
            if (++i == arguments.length) {
                throw new IllegalArgumentException(argument + " needs a value");
            }
            switch (argument) {
                case "--children" -> children = number(argument, arguments[i], 1_000, ScreeningCity.MOST);
                case "--lines" -> lines = number(argument, arguments[i], 1_000, 100_000_000);
                case "--runs" -> runs = number(argument, arguments[i], 1, 100);
                default -> json = Path.of(arguments[i]);
            }
        }
        return new Options(benchmarks.isEmpty() ? ALL : benchmarks, children, lines, runs, json);
    }

    private static int number(String option, String text, int least, int most) {
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException("%s must be %d to %d, not '%s'".formatted(option, least, most, text));
    }
}
