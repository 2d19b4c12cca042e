package org.jikimi.screening.round;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jikimi.screening.round.selection.Cut;
import org.jikimi.screening.round.selection.Linked;

/**
 * Whom a planned round would select if it opened and were screened now; nothing is frozen.
 *
 * @param modelVersion the scorecard that is active now
 * @param selected children whom the programme selects, but for those who are linked
 * @param visits household visits that would be planned
 * @param flagged children who would be flagged
 * @param backlog children who would wait, because their dong can visit no more
 * @param linked children for whom somebody works already
 * @param districts the same by district 자치구; those with nobody are left out
 */
public record PreviewView(
        UUID roundId,
        String modelVersion,
        int selected,
        int visits,
        int flagged,
        int backlog,
        int linked,
        List<District> districts) {
    public PreviewView {
        districts = List.copyOf(districts);
    }

    /** A district's part. */
    public record District(String districtCode, int selected, int visits, int flagged, int backlog, int linked) {
        private District plus(District other) {
            return new District(
                    districtCode,
                    selected + other.selected,
                    visits + other.visits,
                    flagged + other.flagged,
                    backlog + other.backlog,
                    linked + other.linked);
        }
    }

    static PreviewView of(UUID round, String model, List<Cut.Ranked> ranked, List<Linked> linked) {
        var districts = new TreeMap<String, District>();
        var households = new HashSet<Map.Entry<String, UUID>>();
        for (var place : ranked) {
            var child = place.candidate();
            boolean visit = place.selected() && households.add(Map.entry(child.dongCode(), child.householdId()));
            add(
                    districts,
                    new District(
                            child.facts().districtCode(),
                            1,
                            visit ? 1 : 0,
                            place.selected() ? 1 : 0,
                            place.selected() ? 0 : 1,
                            0));
        }
        linked.forEach(child -> add(districts, new District(child.districtCode(), 0, 0, 0, 0, 1)));
        var all = districts.values().stream().reduce(new District("", 0, 0, 0, 0, 0), District::plus);
        return new PreviewView(
                round,
                model,
                all.selected(),
                all.visits(),
                all.flagged(),
                all.backlog(),
                all.linked(),
                new ArrayList<>(districts.values()));
    }

    private static void add(Map<String, District> districts, District one) {
        districts.merge(one.districtCode(), one, District::plus);
    }
}
