package org.jikimi.screening.batch;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads JSON objects that come one at a time, each as a line of a batch is read. For one thread. */
public final class JsonLine {
    private final JsonLines format;
    private final int fields;

    /** @param fields as {@link LineKind#fields} names them */
    public JsonLine(List<String> fields) {
        this.format = new JsonLines(fields);
        this.fields = fields.size();
    }

    /**
     * Checks an object.
     *
     * @param check of the values of the fields, in their order; null where one is absent
     */
    public <T> Checked<T> check(byte[] json, Function<@Nullable String[], Checked<T>> check) {
        if (json.length > LineReader.LONGEST) {
            return Checked.bad(RejectionCode.TOO_LONG, "longer than " + LineReader.LONGEST + " bytes");
        }
        var values = new @Nullable String[fields];
        var unreadable = format.read(json, 0, json.length, values);
        return unreadable == null ? check.apply(values) : Checked.bad(unreadable.code(), unreadable.message());
    }
}
