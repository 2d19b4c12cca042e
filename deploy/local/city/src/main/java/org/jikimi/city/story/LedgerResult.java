package org.jikimi.city.story;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of the story.
 *
 * @param figures its figures, in the order in which they are told
 * @param lines the ledger, one line a promise
 * @param rareFamilies what came of the scripted families, a line each; empty if their names are not known
 * @param urgent how quick urgent signals were
 * @param calls REST calls made
 * @param repeats calls that had to be made again, because a service was away or too busy
 */
public record LedgerResult(
        Map<String, Long> figures,
        List<LedgerLine> lines,
        List<String> rareFamilies,
        Latency urgent,
        long calls,
        long repeats) {
    public LedgerResult {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        lines = List.copyOf(lines);
        rareFamilies = List.copyOf(rareFamilies);
    }

    /** Whether nothing was lost and nothing doubled, and every urgent signal reached somebody. */
    public boolean balances() {
        return lines.stream().allMatch(LedgerLine::balances) && urgent.arrived() == urgent.sent();
    }
}
