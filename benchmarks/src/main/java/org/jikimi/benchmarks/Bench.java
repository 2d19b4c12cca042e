package org.jikimi.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jikimi.testkit.Parts;

/** Runs the benchmarks, prints a table and writes it as JSON. */
public final class Bench {
    private static final Map<String, String> SYNTHETIC = Map.of("jikimi.screening.demonstration", "true");
    private static final List<String> OF_SCREENING = List.of("live", "round", "bulk");
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private Bench() {}

    /** Measures what the arguments say; see {@link Options}. */
    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.of(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println("jikimi: " + wrong.getMessage() + ": see ./jikimi bench --help");
            System.exit(MISUSED);
            return;
        }
        Parts.measure();
        var out = System.out;
        var load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        out.printf(Locale.ROOT, "%s; load before the run %.2f%n", machine(), load);
        var figures = new ArrayList<Figure>();
        try {
            measure(options, out, figures);
        } catch (RuntimeException failure) {
            out.println("bench: " + failure);
            System.exit(FAILED);
        }
        print(out, figures);
        write(options.json(), load, figures);
        out.println("Written to " + options.json() + ". A busy machine shows in the load: run again when it is idle.");
        System.exit(0);
    }

    private static void measure(Options options, PrintStream out, List<Figure> figures) throws Exception {
        var wanted = options.benchmarks();
        if (wanted.contains("relay")) {
            figures.addAll(new RelayBenchmark(out).measure());
        }
        if (wanted.contains("audit")) {
            try (var files = new Scratch()) {
                figures.addAll(new AuditBenchmark(files.directory(), out).measure());
                figures.addAll(new AuditOverRest(files.directory(), out).measure());
            }
        }
        if (Collections.disjoint(wanted, OF_SCREENING)) {
            return;
        }
        try (var files = new Scratch();
                var service = ServiceProcess.start("screening-service", files.directory(), SYNTHETIC)) {
            var api = new ScreeningApi(service.address());
            var city = new ScreeningCity(files.directory(), options.children());
            try (var database = service.connect()) {
                figures.add(city.settle(api, database, out));
            }
            if (wanted.contains("live")) {
                figures.addAll(new LiveBenchmark(api, city, out).measure());
            }
            if (wanted.contains("round")) {
                city.observe(api, out);
                figures.addAll(new RoundBenchmark(service, city, options, out).measure());
            }
            if (wanted.contains("bulk")) {
                figures.addAll(new BulkBenchmark(service, city, options, out).measure());
            }
            if (wanted.contains("round") || wanted.contains("bulk")) {
                figures.add(city.heap(service, out));
            }
        }
    }

    private static void print(PrintStream out, List<Figure> figures) {
        out.printf("%n%-58s %14s %14s  %-34s %s%n", "what", "ours", "beside", "beside is", "target");
        for (var figure : figures) {
            out.printf(
                    Locale.ROOT,
                    "%-58s %,14.1f %,14.1f  %-34s %s: %s%n",
                    figure.name() + ", " + figure.unit(),
                    figure.value(),
                    figure.limit(),
                    figure.limitName(),
                    figure.target(),
                    figure.met() ? "met" : "NOT met");
        }
    }

    private static void write(Path json, double load, List<Figure> figures) throws IOException {
        var result = new LinkedHashMap<String, Object>();
        result.put("machine", machine());
        result.put("loadBefore", load);
        result.put("figures", figures);
        Files.createDirectories(json.toAbsolutePath().getParent());
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(json.toFile(), Map.copyOf(result));
    }

    private static String machine() {
        var runtime = Runtime.getRuntime();
        return "%d cores, heap up to %d MB, Java %s, %s"
                .formatted(
                        runtime.availableProcessors(),
                        runtime.maxMemory() >> 20,
                        Runtime.version().feature(),
                        System.getProperty("os.name"));
    }

    static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
    }

    static double perSecond(long count, Duration took) {
        return count * 1e9 / took.toNanos();
    }
}
