package org.jikimi.city;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A file of JSON lines and its twin of comma-separated values, written side by side as they come. */
final class LineFile implements AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory();

    /** Writes one line. */
    @FunctionalInterface
    interface Line {
        void to(JsonGenerator json) throws IOException;
    }

    private final BufferedWriter jsonFile;
    private final JsonGenerator json;
    private final @Nullable BufferedWriter csv;
    private long lines;

    /** Only JSON lines, in {@code name.ndjson}. */
    LineFile(Path directory, String name) throws IOException {
        this(directory, name, List.of());
    }

    /** Also comma-separated values in {@code name.csv}, unless there are no columns. */
    LineFile(Path directory, String name, List<String> columns) throws IOException {
        jsonFile = Files.newBufferedWriter(directory.resolve(name + ".ndjson"));
        json = JSON.createGenerator(jsonFile).setPrettyPrinter(new MinimalPrettyPrinter("\n"));
        csv = columns.isEmpty() ? null : Files.newBufferedWriter(directory.resolve(name + ".csv"));
        if (csv != null) {
            csv.write(String.join(",", columns));
            csv.write('\n');
        }
    }

    /** Writes one object and, where there is a twin, one row with the same values. */
    void write(Line line, @Nullable Object... cells) throws IOException {
        json.writeStartObject();
        line.to(json);
        json.writeEndObject();
        lines++;
        if (csv != null) {
            csv.write(Arrays.stream(cells).map(LineFile::cell).collect(Collectors.joining(",")));
            csv.write('\n');
        }
    }

    long lines() {
        return lines;
    }

    private static String cell(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        return text.contains(",") || text.contains("\"") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    @Override
    public void close() throws IOException {
        try (jsonFile;
                BufferedWriter closing = csv) {
            if (lines > 0) {
                json.writeRaw('\n');
            }
            json.flush();
        }
    }
}
