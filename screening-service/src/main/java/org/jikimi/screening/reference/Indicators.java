package org.jikimi.screening.reference;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The catalogue of the 44 indicators. */
public final class Indicators {
    private static final List<Indicator> ALL = Table.read("indicators.csv").stream()
            .map(row -> new Indicator(
                    Integer.parseInt(row.get(0)),
                    row.get(1),
                    row.get(2),
                    row.get(3).equals("HOUSEHOLD"),
                    row.get(4),
                    Integer.parseInt(row.get(5)),
                    Boolean.parseBoolean(row.get(6)),
                    row.get(7),
                    row.get(8),
                    row.get(9)))
            .toList();
    private static final Map<String, Indicator> BY_CODE =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Indicator::code, i -> i));

    private Indicators() {}

    /** In the order of their bits: the indicator of bit {@code b} is at index {@code b}. */
    public static List<Indicator> all() {
        return ALL;
    }

    public static Optional<Indicator> of(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }
}
