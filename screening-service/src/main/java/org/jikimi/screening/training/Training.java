package org.jikimi.screening.training;

import java.util.List;
import java.util.UUID;

/**
 * From what a learned version was learned, so that it can be learned again.
 *
 * @param rounds ids of the rounds
 * @param children visited children; one who was visited in two rounds counts twice
 * @param positives those of them who were in need, or of whom abuse was determined within a year
 * @param regularisation {@code C}: the variance of the normal prior of each weight, in log odds squared
 * @param seed of the solver's random numbers
 * @param library that fitted it, with its version
 * @param pointsToDoubleOdds so many points more double the odds of need
 * @param oddsWithoutPoints odds of need of a visited child without points
 * @param champion version whose age bands, family types and regions it has, and to which its thresholds were matched
 * @param matchedOn round on which they were matched
 * @param candidates children of that round with at least the threshold
 * @param candidatesOfChampion those with at least the threshold by the champion
 */
public record Training(
        List<UUID> rounds,
        int children,
        int positives,
        double regularisation,
        long seed,
        String library,
        int pointsToDoubleOdds,
        double oddsWithoutPoints,
        String champion,
        UUID matchedOn,
        int candidates,
        int candidatesOfChampion) {
    public Training {
        rounds = List.copyOf(rounds);
    }
}
