package org.jikimi.screening.reference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads a table of reference data off the class path. */
final class Table {
    private Table() {}

    /** The rows below the heading. */
    static List<List<String>> read(String name) {
        try (var file = Objects.requireNonNull(Table.class.getResourceAsStream("/reference/" + name), name)) {
            var text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().skip(1).map(Table::cells).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> cells(String line) {
        var cells = new ArrayList<String>();
        var cell = new StringBuilder();
        boolean quoted = false;
        for (int n = 0; n < line.length(); n++) {
            var c = line.charAt(n);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
