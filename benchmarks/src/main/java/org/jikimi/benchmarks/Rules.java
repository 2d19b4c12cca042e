package org.jikimi.benchmarks;

import java.util.List;

/**
 * A scorecard, as rules that add points.
 *
 * @param threshold points from which a child is flagged
 */
public record Rules(
        List<Weight> indicators, List<Family> families, List<Region> regions, List<Band> bands, int threshold) {
    public Rules {
        indicators = List.copyOf(indicators);
        families = List.copyOf(families);
        regions = List.copyOf(regions);
        bands = List.copyOf(bands);
    }

    /** Points of an indicator that stands. */
    public record Weight(String code, int bit, int points) {}

    /**
     * Points of a family type.
     *
     * @param sameFact bit of the indicator that says the same, of which the higher points alone count; -1 for none
     */
    public record Family(String code, int points, int sameFact) {}

    /** Points of a district. */
    public record Region(String code, int points) {}

    /** Points of an age band, by its number. */
    public record Band(int number, int points) {}

    /** The points of an indicator; 0 if the scorecard has none. */
    public int pointsOf(int bit) {
        return indicators.stream()
                .filter(weight -> weight.bit() == bit)
                .mapToInt(Weight::points)
                .findFirst()
                .orElse(0);
    }

    /** The points that a family type adds to those of the indicator that says the same, where that stands. */
    public int beyond(Family family) {
        return Math.max(0, family.points() - pointsOf(family.sameFact()));
    }
}
