package org.jikimi.screening.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads JSON objects that come one at a time, each as a line of a batch is read. For one thread. */
public final class JsonLine {
    private final JsonLines format;

    /** @param fields as {@link LineKind#fields} names them */
    public JsonLine(List<String> fields) {
        this.format = new JsonLines(fields);
    }

    /**
     * Reads an object.
     *
     * @param values filled with those of the fields, in their order; null where one is absent
     * @return why it cannot be read; null if it can
     */
    public Checked.@Nullable Bad<Object> read(byte[] json, @Nullable String[] values) {
        return json.length > LineReader.LONGEST
                ? new Checked.Bad<>(RejectionCode.TOO_LONG, "longer than " + LineReader.LONGEST + " bytes")
                : format.read(json, 0, json.length, values);
    }
}
