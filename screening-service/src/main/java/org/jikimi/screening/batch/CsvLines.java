package org.jikimi.screening.batch;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values with a heading (RFC 4180, {@code text/csv}); a value holds no line break. Columns that are not
 * asked for are ignored, an empty value is absent.
 */
final class CsvLines implements LineFormat {
    private final int[] places;

    private CsvLines(int[] places) {
        this.places = places;
    }

    /** Reads the heading; null if a column is twice there or none is known. */
    static @Nullable CsvLines of(byte[] buffer, int offset, int length, List<String> fields) {
        var columns = fields.stream().map(CsvLines::column).toList();
        var heading = cells(buffer, offset, length);
        if (heading == null) {
            return null;
        }
        var names = heading.stream().map(String::strip).toList();
        if (names.stream().noneMatch(columns::contains)
                || names.stream().distinct().count() < names.size()) {
            return null;
        }
        return new CsvLines(names.stream().mapToInt(columns::indexOf).toArray());
    }

    private static String column(String field) {
        int dot = field.indexOf('.');
        return dot < 0
                ? field
                : field.substring(0, dot)
                        + field.substring(dot + 1, dot + 2).toUpperCase(Locale.ROOT)
                        + field.substring(dot + 2);
    }

    @Override
    public Checked.@Nullable Bad<Object> read(byte[] buffer, int offset, int length, @Nullable String[] values) {
        Arrays.fill(values, null);
        var cells = cells(buffer, offset, length);
        if (cells == null) {
            return new Checked.Bad<>(RejectionCode.MALFORMED_CSV, "quotes do not match, or not UTF-8");
        }
        if (cells.size() != places.length) {
            return new Checked.Bad<>(
                    RejectionCode.MALFORMED_CSV, "has " + cells.size() + " values, the heading " + places.length);
        }
        for (int i = 0; i < places.length; i++) {
            if (places[i] >= 0 && !cells.get(i).isEmpty()) {
                values[places[i]] = cells.get(i);
            }
        }
        return null;
    }

    private static @Nullable List<String> cells(byte[] buffer, int offset, int length) {
        CharSequence line;
        try {
            line = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, offset, length));
        } catch (CharacterCodingException e) {
            return null;
        }
        var cells = new ArrayList<String>();
        var cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < line.length() && line.charAt(i + 1) == '"') {
                    cell.append(c);
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && cell.isEmpty()) {
                quoted = true;
            } else if (c == ',') {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return quoted ? null : cells;
    }
}
