package org.jikimi.screening.export;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a list is taken out. */
public enum ExportFormat {
    /** With a heading; RFC 4180. */
    CSV(ExportFormat.CSV_TYPE, "COPY (%s) TO STDOUT (FORMAT csv, HEADER)"),
    /** A JSON object a line. Neither of the two control characters stands unescaped in JSON. */
    NDJSON(
            ExportFormat.NDJSON_TYPE,
            "COPY (SELECT row_to_json(r) FROM (%s) AS r) TO STDOUT (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')");

    public static final String CSV_TYPE = "text/csv";
    public static final String NDJSON_TYPE = "application/x-ndjson";

    private static final String PAGES = "application/json";

    private final String mediaType;
    private final String copy;

    ExportFormat(String mediaType, String copy) {
        this.mediaType = mediaType;
        this.copy = copy;
    }

    /**
     * The format of a whole list, if that is asked for rather than pages of JSON.
     *
     * @param accepted media types that the caller takes, the most welcome first
     */
    public static Optional<ExportFormat> wanted(List<String> accepted) {
        for (var type : accepted) {
            if (covers(type, PAGES)) {
                return Optional.empty();
            }
            for (var format : values()) {
                if (covers(type, format.mediaType)) {
                    return Optional.of(format);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean covers(String accepted, String type) {
        var range = accepted.split(";", 2)[0].strip();
        return range.equals("*/*")
                || range.equalsIgnoreCase(type)
                || range.equals(type.substring(0, type.indexOf('/')) + "/*");
    }

    public String mediaType() {
        return mediaType;
    }

    /** How its files end. */
    public String suffix() {
        return "." + name().toLowerCase(Locale.ROOT);
    }

    String copyOf(String rows) {
        return copy.formatted(rows);
    }
}
