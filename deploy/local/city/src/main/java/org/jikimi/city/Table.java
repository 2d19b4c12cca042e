package org.jikimi.city;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Rows of a comma-separated file on the class path; its cells hold no quotes. */
final class Table {
    private Table() {}

    /** The rows below the heading. */
    static List<List<String>> rows(String resource) {
        try (var in = Objects.requireNonNull(Table.class.getResourceAsStream("/city/" + resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .filter(line -> !line.isBlank())
                    .map(line -> List.of(line.split(",", -1)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
