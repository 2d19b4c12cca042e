package org.jikimi.cases.clock;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** The catalogue of legal clocks, read from {@code reference/legal-clocks.csv}. */
final class ClockLaw {
    private static final Pattern TERM = Pattern.compile("\\bP(?:T\\d+H|\\d+[MD])\\b(?: (emergency|urgent|ordinary))?");
    private static final Map<ClockCode, Entry> ENTRIES = read();

    /**
     * One clock.
     *
     * @param limit the limit as the catalogue words it
     * @param certainty {@code sure}, {@code reported}, {@code target}, {@code policy} or {@code unsure}
     */
    record Entry(String startsWith, String stopsWith, String limit, String extension, String source, String certainty) {
        /**
         * The first term of the limit that is for the urgency, or else the first.
         *
         * @param urgency such as {@code EMERGENCY}; empty where the limit knows none
         * @throws IllegalArgumentException if the catalogue gives no length that can be counted
         */
        Term term(String urgency) {
            var found = TERM.matcher(limit).results().toList();
            return found.stream()
                    .filter(match -> urgency.equalsIgnoreCase(Objects.requireNonNullElse(match.group(1), "")))
                    .findFirst()
                    .or(() -> found.stream().findFirst())
                    .map(match -> new Term(match.group().split(" ", 2)[0]))
                    .orElseThrow(() -> new IllegalArgumentException("no length in the limit " + limit));
        }
    }

    private ClockLaw() {}

    static Entry of(ClockCode code) {
        return Objects.requireNonNull(ENTRIES.get(code));
    }

    private static Map<ClockCode, Entry> read() {
        var entries = new EnumMap<ClockCode, Entry>(ClockCode.class);
        for (var line : lines("/reference/legal-clocks.csv")) {
            var fields = fields(line);
            entries.put(
                    ClockCode.valueOf(fields.get(0)),
                    new Entry(
                            fields.get(1), fields.get(2), fields.get(3), fields.get(4), fields.get(5), fields.get(6)));
        }
        return entries;
    }

    /** The lines of a table without its head. */
    static List<String> lines(String resource) {
        try (var stream = Objects.requireNonNull(ClockLaw.class.getResourceAsStream(resource));
                var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).filter(line -> !line.isBlank()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> fields(String line) {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
