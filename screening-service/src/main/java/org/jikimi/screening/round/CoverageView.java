package org.jikimi.screening.round;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * How far a round has reached: counted by children, not by visits made.
 *
 * @param planned flagged children with a visit planned
 * @param visited flagged children with a visit completed, whatever came of it
 * @param seen flagged children somebody has seen
 * @param reported flagged children of whom a suspicion was reported
 * @param outcomes flagged children by the outcome of their visit
 * @param determinations flagged children by determination
 */
public record CoverageView(
        UUID roundId,
        int flagged,
        int backlog,
        int excluded,
        int planned,
        int visited,
        int seen,
        int reported,
        Map<String, Integer> outcomes,
        Map<String, Integer> determinations,
        List<District> districts) {
    public CoverageView {
        outcomes = Map.copyOf(outcomes);
        determinations = Map.copyOf(determinations);
        districts = List.copyOf(districts);
    }

    /** The same of one district 자치구. */
    public record District(
            String districtCode, int flagged, int backlog, int planned, int visited, int seen, int reported) {}

    static CoverageView of(
            Round round, List<District> districts, Map<String, Integer> outcomes, Map<String, Integer> determinations) {
        return new CoverageView(
                round.id(),
                districts.stream().mapToInt(District::flagged).sum(),
                districts.stream().mapToInt(District::backlog).sum(),
                round.excluded(),
                districts.stream().mapToInt(District::planned).sum(),
                districts.stream().mapToInt(District::visited).sum(),
                districts.stream().mapToInt(District::seen).sum(),
                districts.stream().mapToInt(District::reported).sum(),
                outcomes,
                determinations,
                districts);
    }
}
