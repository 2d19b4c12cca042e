package org.jikimi.screening.flag;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jikimi.screening.model.Reason;

/** The reasons of a flag, as they are kept: {@code CODE:points,CODE:points}. */
public final class Reasons {
    private Reasons() {}

    /** As the scorecard gave them. */
    public static List<Flag.Reason> of(List<Reason> reasons) {
        return reasons.stream()
                .map(reason -> new Flag.Reason(reason.code(), reason.points()))
                .toList();
    }

    public static String write(List<Flag.Reason> reasons) {
        return reasons.stream()
                .map(reason -> reason.code() + ":" + reason.points())
                .collect(Collectors.joining(","));
    }

    /** SQL for what a column keeps, as JSON like that of the API. */
    public static String asJson(String column) {
        return "(SELECT coalesce(json_agg(json_build_object('code', split_part(r, ':', 1), "
                + "'points', split_part(r, ':', 2)::int)), '[]') FROM unnest(string_to_array(" + column
                + ", ',')) AS r)";
    }

    public static List<Flag.Reason> read(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",", -1))
                        .map(part -> part.split(":", 2))
                        .map(part -> new Flag.Reason(part[0], Integer.parseInt(part[1])))
                        .toList();
    }
}
