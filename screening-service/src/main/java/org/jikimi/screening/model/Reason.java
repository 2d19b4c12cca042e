package org.jikimi.screening.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Why a child has points.
 *
 * @param code indicator, age band, {@code FAMILY_…} or {@code REGION_…}
 */
public record Reason(String code, int points) {
    /** As one text, {@code CODE:points,CODE:points}. */
    public static String write(List<Reason> reasons) {
        return reasons.stream().map(r -> r.code + ":" + r.points).collect(Collectors.joining(","));
    }

    public static List<Reason> read(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(","))
                        .map(part -> part.split(":"))
                        .map(part -> new Reason(part[0], Integer.parseInt(part[1])))
                        .toList();
    }
}
