package org.jikimi.runtime.rest;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An expected refusal as RFC 9457 has it, in English and Korean.
 *
 * @param code stable name, the last part of the {@code type} URI, such as {@code visit-already-completed}
 * @param status HTTP status, 400 to 599
 * @param title English
 * @param titleKo Korean
 * @param detail what exactly, without personal data; may be null
 * @param extra further members, such as {@code field} or {@code line}
 */
public record Problem(
        String code,
        int status,
        String title,
        String titleKo,
        @Nullable String detail,
        Map<String, Object> extra) {

    public Problem {
        extra = Map.copyOf(extra);
    }

    public static Problem of(String code, int status, String title, String titleKo) {
        return new Problem(code, status, title, titleKo, null, Map.of());
    }

    public Problem withDetail(String text) {
        return new Problem(code, status, title, titleKo, text, extra);
    }

    public Problem with(String name, Object value) {
        var more = new LinkedHashMap<>(extra);
        more.put(name, value);
        return new Problem(code, status, title, titleKo, detail, more);
    }
}
