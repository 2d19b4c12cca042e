package org.jikimi.screening.round.selection;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Ranks the candidates of each dong and cuts by what the dong can visit. A visit is one household's: a candidate whose
 * household is on the list already takes no other visit. The rest waits in the backlog, ranked.
 */
public final class Cut {
    /** Household visits a round of a dong whose capacity nobody has told. */
    static final int USUAL_VISITS = 10;

    public record Ranked(Candidate candidate, int rank, boolean selected) {}

    private Cut() {}

    public static List<Ranked> cut(List<Candidate> candidates, Map<String, Integer> visitsPerRound) {
        var sorted = new ArrayList<>(candidates);
        sorted.sort(Candidate.IN_RANK_ORDER);
        var ranked = new ArrayList<Ranked>(sorted.size());
        var visited = new HashSet<UUID>();
        String dong = "";
        int rank = 0;
        int left = 0;
        for (var candidate : sorted) {
            if (!candidate.dongCode().equals(dong)) {
                dong = candidate.dongCode();
                rank = 0;
                left = visitsPerRound.getOrDefault(dong, USUAL_VISITS);
                visited.clear();
            }
            boolean selected = visited.contains(candidate.householdId());
            if (!selected && left > 0) {
                selected = true;
                left--;
                visited.add(candidate.householdId());
            }
            ranked.add(new Ranked(candidate, ++rank, selected));
        }
        return ranked;
    }
}
