package org.jikimi.screening.round.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.jikimi.screening.round.model.Round;
import org.jspecify.annotations.Nullable;

/**
 * How far a round has reached: counted by children, not by visits made.
 *
 * @param excluded candidates linked to what somebody does for them already; {@code linked} tells to what
 * @param planned flagged children with a visit planned
 * @param visited flagged children with a visit completed, whatever came of it
 * @param seen flagged children somebody has seen, in their visit or since, whichever flag or id that was told of
 * @param notLocated flagged children whom the visit did not find 소재불명, and whom nobody has seen nor the police found since
 * @param refused flagged children whose visit was refused, and nobody has seen since
 * @param overdue flagged children with no visit completed although its last day has gone; also where it is planned anew, because
 *     the register had called the child dead or abroad by mistake, or because the police have found it
 * @param reported flagged children of whom a suspicion was reported
 * @param outcomes flagged children by the outcome of their visit; not where a visit is planned anew
 *     because the register was wrong
 * @param determinations flagged children by determination
 * @param districts the same by district 자치구
 * @param dongs the same by dong 행정동
 */
public record CoverageView(
        UUID roundId,
        int flagged,
        int backlog,
        int excluded,
        int planned,
        int visited,
        int seen,
        int notLocated,
        int refused,
        int overdue,
        int reported,
        Map<String, Integer> linked,
        Map<String, Integer> outcomes,
        Map<String, Integer> determinations,
        List<Area> districts,
        List<Area> dongs) {
    public CoverageView {
        linked = new TreeMap<>(linked);
        outcomes = new TreeMap<>(outcomes);
        determinations = new TreeMap<>(determinations);
        districts = List.copyOf(districts);
        dongs = List.copyOf(dongs);
    }

    /**
     * A part of the city.
     *
     * @param dongCode null for a whole district
     */
    public record Area(
            String districtCode,
            @Nullable String dongCode,
            int flagged,
            int backlog,
            int planned,
            int visited,
            int seen,
            int notLocated,
            int refused,
            int overdue,
            int reported) {
        private Area plus(Area other) {
            return new Area(
                    districtCode,
                    null,
                    flagged + other.flagged,
                    backlog + other.backlog,
                    planned + other.planned,
                    visited + other.visited,
                    seen + other.seen,
                    notLocated + other.notLocated,
                    refused + other.refused,
                    overdue + other.overdue,
                    reported + other.reported);
        }

        private Area whole() {
            return new Area(
                    districtCode,
                    null,
                    flagged,
                    backlog,
                    planned,
                    visited,
                    seen,
                    notLocated,
                    refused,
                    overdue,
                    reported);
        }
    }

    static CoverageView of(
            Round round,
            List<Area> dongs,
            Map<String, Integer> linked,
            Map<String, Integer> outcomes,
            Map<String, Integer> determinations) {
        var districts = new TreeMap<String, Area>();
        dongs.forEach(dong -> districts.merge(dong.districtCode(), dong.whole(), Area::plus));
        return new CoverageView(
                round.id(),
                sum(dongs, Area::flagged),
                sum(dongs, Area::backlog),
                round.figures().excluded(),
                sum(dongs, Area::planned),
                sum(dongs, Area::visited),
                sum(dongs, Area::seen),
                sum(dongs, Area::notLocated),
                sum(dongs, Area::refused),
                sum(dongs, Area::overdue),
                sum(dongs, Area::reported),
                linked,
                outcomes,
                determinations,
                List.copyOf(districts.values()),
                dongs);
    }

    private static int sum(List<Area> areas, ToIntFunction<Area> count) {
        return areas.stream().mapToInt(count).sum();
    }
}
