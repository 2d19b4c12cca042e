package org.jikimi.screening.shadow;

import java.util.List;
import java.util.UUID;
import org.jikimi.screening.evaluation.Share;
import org.jikimi.screening.flag.Flag;

/**
 * What a round's shadow would have flagged, beside whom the round flagged, and what became known of them since.
 *
 * @param champion version by which the round flagged
 * @param shadow version that flagged nobody
 * @param shadowBacklog candidates of the shadow whose dong could visit no more
 * @param ofChampion how right the round's own flags were
 * @param ofShadow how right those of the shadow would have been
 */
public record ShadowView(
        UUID roundId,
        String champion,
        String shadow,
        Overlap all,
        int shadowBacklog,
        List<District> districts,
        Quality ofChampion,
        Quality ofShadow) {
    public ShadowView {
        districts = List.copyOf(districts);
    }

    /** Flagged children: by each, by both, by one alone. */
    public record Overlap(int champion, int shadow, int both, int onlyChampion, int onlyShadow) {
        static final Overlap NONE = new Overlap(0, 0, 0, 0, 0);

        Overlap and(boolean byChampion, boolean byShadow) {
            return new Overlap(
                    champion + (byChampion ? 1 : 0),
                    shadow + (byShadow ? 1 : 0),
                    both + (byChampion && byShadow ? 1 : 0),
                    onlyChampion + (byChampion && !byShadow ? 1 : 0),
                    onlyShadow + (byShadow && !byChampion ? 1 : 0));
        }
    }

    public record District(String districtCode, Overlap flagged) {}

    /**
     * How right flags were. Visits went where the champion sent them, so its precision rests on all it flagged and the
     * shadow's on those alone whom both flagged. Visits also lead to reports and determinations, so recall favours the
     * champion: read it as the least that the shadow would have found.
     *
     * @param precision of the flagged who were visited, how many were in need
     * @param recallOfReported of the children reported within a year of the round's day, how many were flagged
     * @param recallOfAbused of those whose abuse was determined within that year, how many were flagged
     */
    public record Quality(Share precision, Share recallOfReported, Share recallOfAbused) {}

    /**
     * A child whom one of the two flagged and the other did not.
     *
     * @param score points by the version that flagged it
     * @param rank place in the dong, from 1
     * @param reasons codes and points, most points first
     */
    public record OnlyOne(
            UUID childId, String districtCode, String dongCode, int score, int rank, List<Flag.Reason> reasons) {
        public OnlyOne {
            reasons = List.copyOf(reasons);
        }
    }
}
