package org.jikimi.runtime.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The headers of an event as one text, a {@code name:value} a line: cheap to store, to read and to send. */
public final class Headers {
    private Headers() {}

    /**
     * One line a header, in the order of the map.
     *
     * @throws IllegalArgumentException if a name holds a colon or either holds a line break
     */
    public static String write(Map<String, String> headers) {
        var text = new StringBuilder();
        headers.forEach((name, value) -> {
            if (name.isEmpty() || name.indexOf(':') >= 0 || hasLineBreak(name) || hasLineBreak(value)) {
                throw new IllegalArgumentException("not a header: " + name);
            }
            text.append(name).append(':').append(value).append('\n');
        });
        return text.toString();
    }

    public static Map<String, String> read(String text) {
        var headers = new LinkedHashMap<String, String>();
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('\n', start);
            int colon = text.indexOf(':', start);
            headers.put(text.substring(start, colon), text.substring(colon + 1, end));
            start = end + 1;
        }
        return Collections.unmodifiableMap(headers);
    }

    private static boolean hasLineBreak(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }
}
