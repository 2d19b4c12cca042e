package org.jikimi.screening.round.report;

import java.util.Locale;

/** How a list is taken out. */
enum ExportFormat {
    /** With a heading; RFC 4180. */
    CSV(ExportFormat.CSV_TYPE, "COPY (%s) TO STDOUT (FORMAT csv, HEADER)"),
    /** A JSON object a line. Neither of the two control characters stands unescaped in JSON. */
    NDJSON(
            ExportFormat.NDJSON_TYPE,
            "COPY (SELECT row_to_json(r) FROM (%s) AS r) TO STDOUT (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')");

    static final String CSV_TYPE = "text/csv";
    static final String NDJSON_TYPE = "application/x-ndjson";

    private final String mediaType;
    private final String copy;

    ExportFormat(String mediaType, String copy) {
        this.mediaType = mediaType;
        this.copy = copy;
    }

    String mediaType() {
        return mediaType;
    }

    /** How its files end. */
    String suffix() {
        return "." + name().toLowerCase(Locale.ROOT);
    }

    String copyOf(String rows) {
        return copy.formatted(rows);
    }
}
