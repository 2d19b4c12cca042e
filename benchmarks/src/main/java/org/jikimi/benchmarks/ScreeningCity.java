package org.jikimi.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jikimi.city.City;
import org.jikimi.city.CityFiles;

/**
 * A synthetic city as the files of its agencies, which the service takes through its public surface. Where one city cannot
 * have so many children there are several, and whatever is numbered in a further one carries the city's number before it.
 */
final class ScreeningCity {
    /** Children at most. */
    static final int MOST = 4 * (int) City.MAX_CHILDREN;

    private static final Pattern NUMBERED = Pattern.compile("(?<=\"(value|householdId|signalId)\":\")");
    private static final long SEED = 1;
    private static final int SMALLER = 5;

    /** Lines of which the service holds two chunks at once, and more: of fewer the heap would grow with their number. */
    private static final long SEVERAL_CHUNKS = 30_000;

    private static final String UNKNOWN = "RRN,9999999999999";

    /** What a child's line in the register becomes. */
    private static final List<String> REGISTER =
            List.of("household", "child", "child_identifier", "subject_key", "child_state");

    private final Path directory;
    private final LocalDate today = LocalDate.now(ZoneId.of("Asia/Seoul"));
    private final int children;

    ScreeningCity(Path directory, int children) {
        this.directory = directory;
        this.children = children;
    }

    LocalDate today() {
        return today;
    }

    /** Writes the city and sends its register; beside it stands COPY of all rows that it became, into tables of the same shape. */
    Figure settle(ScreeningApi api, Connection database, PrintStream progress) throws IOException, SQLException {
        var start = System.nanoTime();
        write();
        progress.printf(Locale.ROOT, "city of %,d children written in %.0f s%n", children, seconds(start));
        long first = children / 10; // warms up and is not counted
        register(api, part("children.ndjson", 0, first));
        var rest = part("children.ndjson", first, children);
        start = System.nanoTime();
        register(api, rest);
        double taken = (children - first) / seconds(start);
        progress.printf(Locale.ROOT, "register taken in %.0f s, %,.0f children/s%n", seconds(start), taken);
        var capacities = Files.readAllLines(directory.resolve("dong-capacities.ndjson"));
        api.change(
                "/api/v1/dong-capacities", capacities.stream().collect(Collectors.joining(",", "{\"items\":[", "]}")));
        double copied = 0;
        for (var table : REGISTER) {
            copied += Copies.again(database, table, "SELECT * FROM " + table);
        }
        progress.printf(Locale.ROOT, "bare COPY of the register's rows %.0f s%n", copied);
        return new Figure(
                "register, %,d children: taken, to the receipt".formatted(children),
                taken,
                "children/s",
                children / copied,
                "bare COPY of the same rows",
                "at least 60 % of it",
                taken >= 0.6 * children / copied);
    }

    /**
     * The live heap while a register is taken: of a tenth as many children as the city has, if that is enough, and then of five
     * times as many. They are of further cities, known to nobody yet, and make this one larger: so it comes last.
     */
    Figure heap(ServiceProcess service, PrintStream progress) throws IOException {
        long fifth = Math.clamp(children / 10, SEVERAL_CHUNKS, City.MAX_CHILDREN / SMALLER);
        int less = mostLive(service, cities(), fifth, progress);
        int whole = mostLive(service, cities() + 1, SMALLER * fifth, progress);
        return Figure.flat("register, %,d more children".formatted(SMALLER * fifth), whole, less, "children");
    }

    private int mostLive(ServiceProcess service, int city, long count, PrintStream progress) throws IOException {
        new CityFiles(new City(count, SEED + city, today)).write(directory(city));
        var register = directory.resolve("more-children.ndjson");
        try (var out = Files.newBufferedWriter(register)) {
            append(out, city, "children.ndjson", 0, count);
        }
        var api = new ScreeningApi(service.address());
        int most = service.mostLiveHeap(() -> register(api, register));
        progress.printf(Locale.ROOT, "register: at most %d MB of live heap with %,d children%n", most, count);
        return most;
    }

    private static void register(ScreeningApi api, Path lines) throws IOException {
        var receipt = api.sendBatch("/api/v1/child-batches", "resident-register", lines);
        if (receipt.get("rejected").longValue() > 0 || receipt.get("duplicates").longValue() > 0) {
            throw new IllegalStateException("the register was not taken in whole: " + receipt);
        }
        Files.delete(lines);
    }

    private void write() throws IOException {
        for (int city = 0; city < cities(); city++) {
            long left = children - city * City.MAX_CHILDREN;
            new CityFiles(new City(Math.min(left, City.MAX_CHILDREN), SEED + city, today)).write(directory(city));
        }
    }

    private int cities() {
        return Math.toIntExact((children + City.MAX_CHILDREN - 1) / City.MAX_CHILDREN);
    }

    private Path directory(int city) {
        return city == 0 ? directory : directory.resolve("city-" + city);
    }

    /** The lines of a file, all cities' one after the other, from one to before another. */
    private Path part(String name, long from, long to) throws IOException {
        var part = directory.resolve("part-" + from + "-" + name);
        try (var out = Files.newBufferedWriter(part)) {
            long passed = 0;
            for (int city = 0; city < cities(); city++) {
                passed += append(out, city, name, from - passed, to - passed);
            }
        }
        return part;
    }

    /** Writes those lines of a city's file; answers how many it has read. */
    private long append(Writer out, int city, String name, long from, long to) throws IOException {
        long number = 0;
        try (var lines = Files.newBufferedReader(directory(city).resolve(name))) {
            for (var line = lines.readLine(); line != null && number < to; line = lines.readLine()) {
                if (number++ >= from) {
                    out.write(city == 0 ? line : NUMBERED.matcher(line).replaceAll(city + "-"));
                    out.write(System.lineSeparator());
                }
            }
        }
        return number;
    }

    /** Sends what every agency observed. */
    void observe(ScreeningApi api, PrintStream progress) throws IOException {
        long taken = 0;
        double sending = 0;
        try (var files = Files.newDirectoryStream(directory, "signals-*.ndjson")) {
            for (var file : files) {
                var name = file.getFileName().toString();
                var lines = part(name, 0, Long.MAX_VALUE);
                var start = System.nanoTime();
                taken += api.sendBatch("/api/v1/signal-batches", name.replaceAll("signals-|\\.ndjson", ""), lines)
                        .get("accepted")
                        .longValue();
                sending += seconds(start);
                Files.delete(lines);
            }
        }
        progress.printf(
                Locale.ROOT,
                "%,d signals of the city taken in %.0f s, %,.0f a second%n",
                taken,
                sending,
                taken / sending);
    }

    /**
     * Writes a batch of the health insurance about the city's children and households: new signals, with 3 % of repeated
     * lines, 5 % of cleared signals and a few subjects that nobody knows.
     */
    Path healthInsurance(int lines, int run) throws IOException {
        var subjects = subjects(Math.min(lines, children));
        var random = new SplittableRandom(run);
        var file = directory.resolve("bulk-" + run + ".ndjson");
        try (var out = Files.newBufferedWriter(file)) {
            var line = "";
            for (int i = 0; i < lines; i++) {
                if (i == 0 || random.nextInt(100) >= 3) {
                    line = line(run, i, subjects.get(random.nextInt(subjects.size())), random);
                }
                out.write(line);
            }
        }
        return file;
    }

    /** A line of the health insurance. */
    String line(int run, int number, String[] of, SplittableRandom random) {
        var indicator = List.of("NO_MEDICAL_USE", "MISSED_INFANT_CHECKUP", "HEALTH_INSURANCE_ARREARS")
                .get(random.nextInt(3));
        boolean ofHousehold = indicator.endsWith("ARREARS");
        var child = (random.nextInt(500) == 0 ? UNKNOWN : of[0]).split(",", 2);
        var observed = today.minusDays(60 + random.nextInt(120));
        return """
                {"signalId":"HI-%d-%d","indicator":"%s","subject":{"scheme":"%s","value":"%s"},"observedOn":"%s","clearedOn":%s}
                """.formatted(
                run,
                number,
                indicator,
                ofHousehold ? "HOUSEHOLD" : child[0],
                ofHousehold ? of[1] : child[1],
                observed,
                random.nextInt(20) > 0 ? "null" : '"' + observed.plusDays(30).toString() + '"');
    }

    /** Identifier and household of at most so many children, spread over the whole city, or the first of several. */
    List<String[]> subjects(int count) throws IOException {
        var subjects = new ArrayList<String[]>(count);
        int every = Math.max(1, (int) Math.min(children, City.MAX_CHILDREN) / count);
        try (BufferedReader rows = Files.newBufferedReader(directory.resolve("children.csv"))) {
            rows.readLine();
            int number = 0;
            for (var row = rows.readLine(); row != null; row = rows.readLine()) {
                if (number++ % every == 0) {
                    var cells = row.split(",", -1);
                    subjects.add(new String[] {cells[0] + "," + cells[1], cells[cells.length - 5]});
                }
            }
        }
        return subjects;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
