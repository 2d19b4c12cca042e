package org.jikimi.screening.round.selection;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The households that the dongs can visit, as {@link Cut} chooses them, found while candidates pass by in any order. Of a dong
 * it keeps as many households as can be visited, and of a household the child that ranks first: what is in memory grows with
 * the visits, not with the candidates.
 */
public final class Shortlist {
    private final Map<String, Integer> visitsPerRound;
    private final Map<String, Dong> dongs = new HashMap<>();
    private int candidates;

    /** @param visitsPerRound household visits that each dong can make */
    public Shortlist(Map<String, Integer> visitsPerRound) {
        this.visitsPerRound = Map.copyOf(visitsPerRound);
    }

    private record Dong(int visits, Map<UUID, Candidate> firsts, TreeSet<Candidate> ranked) {
        void consider(Candidate candidate) {
            var first = firsts.get(candidate.householdId());
            if (first == null ? isPast(candidate) : isBefore(first, candidate)) {
                return;
            }
            if (first != null) {
                ranked.remove(first);
            }
            ranked.add(candidate);
            firsts.put(candidate.householdId(), candidate);
            if (ranked.size() > visits) {
                firsts.remove(ranked.removeLast().householdId());
            }
        }

        /** Whether so many households rank before it that it cannot be visited. */
        private boolean isPast(Candidate candidate) {
            return ranked.size() >= visits && (visits == 0 || isBefore(ranked.last(), candidate));
        }

        private static boolean isBefore(Candidate one, Candidate other) {
            return Candidate.IN_RANK_ORDER.compare(one, other) <= 0;
        }
    }

    /** Takes one more candidate into account. */
    public void consider(Candidate candidate) {
        candidates++;
        dongs.computeIfAbsent(
                        candidate.dongCode(),
                        dong -> new Dong(
                                visitsPerRound.getOrDefault(dong, Cut.USUAL_VISITS),
                                new HashMap<>(),
                                new TreeSet<>(Candidate.IN_RANK_ORDER)))
                .consider(candidate);
    }

    /** How many were taken into account. */
    public int candidates() {
        return candidates;
    }

    /** The households that are visited in any dong, when all candidates were taken into account. */
    public Set<UUID> households() {
        var households = new HashSet<UUID>();
        dongs.values().stream().map(Dong::firsts).map(Map::keySet).forEach(households::addAll);
        return households;
    }

    /** Whether the candidate's household is visited where the candidate lives, so that it is selected as well. */
    public boolean selects(Candidate candidate) {
        var dong = dongs.get(candidate.dongCode());
        return dong != null && dong.firsts().containsKey(candidate.householdId());
    }

    /** Candidates that are kept. */
    Collection<Candidate> kept() {
        return dongs.values().stream().flatMap(dong -> dong.ranked().stream()).toList();
    }
}
