package org.jikimi.city;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One of the 44 indicators, and how often it is seen in this synthetic city.
 *
 * @param bit position in the child's state, 0 to 43
 * @param code code, such as {@code POWER_CUTOFF}
 * @param ofHousehold whether it is observed of a household; else of one child
 * @param sourceKind kind of agency that sends it
 * @param validityDays how long an observation counts, days
 * @param urgent whether it flags a child at once
 * @param perMille mean share of those to whom it can apply, 0 to 1000; invented, not measured
 * @param riskPull how strongly it follows the hidden risk of the household, 0 not at all
 */
public record Indicator(
        int bit,
        String code,
        boolean ofHousehold,
        String sourceKind,
        int validityDays,
        boolean urgent,
        double perMille,
        double riskPull) {
    private static final List<Indicator> ALL = load();
    private static final Map<String, Indicator> BY_CODE =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Indicator::code, Function.identity()));

    /** The 44 indicators by bit. */
    public static List<Indicator> all() {
        return ALL;
    }

    /** The kinds of agencies that send signals, in alphabetical order. */
    public static List<String> sourceKinds() {
        return ALL.stream().map(Indicator::sourceKind).distinct().sorted().toList();
    }

    /** @throws IllegalArgumentException if there is no such indicator */
    static Indicator of(String code) {
        Indicator indicator = BY_CODE.get(code);
        if (indicator == null) {
            throw new IllegalArgumentException("no indicator " + code);
        }
        return indicator;
    }

    private static List<Indicator> load() {
        List<List<String>> facts = Table.rows("indicators.csv");
        List<List<String>> prevalence = Table.rows("prevalence.csv");
        return IntStream.range(0, facts.size())
                .mapToObj(i -> {
                    List<String> fact = facts.get(i);
                    List<String> often = prevalence.get(i);
                    if (!often.getFirst().equals(fact.get(1))) {
                        throw new IllegalStateException("prevalence.csv and indicators.csv differ at " + fact.get(1));
                    }
                    return new Indicator(
                            Integer.parseInt(fact.get(0)),
                            fact.get(1),
                            fact.get(3).equals("HOUSEHOLD"),
                            fact.get(4),
                            Integer.parseInt(fact.get(5)),
                            Boolean.parseBoolean(fact.get(6)),
                            Double.parseDouble(often.get(1)),
                            Double.parseDouble(often.get(2)));
                })
                .toList();
    }
}
