package org.jikimi.screening.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jikimi.screening.evaluation.EvaluationView.Band;

/** Children counted by their points, those in need and the others. It grows with the points, not with the children. */
final class PointsTally {
    private static final int BAND_POINTS = 10;
    private static final int HIGHEST_BAND = 100;

    private final TreeMap<Integer, Auc.Tally> byPoints = new TreeMap<>();

    void add(int points, boolean positive) {
        var tally = byPoints.computeIfAbsent(points, p -> new Auc.Tally());
        if (positive) {
            tally.positives++;
        } else {
            tally.negatives++;
        }
    }

    /** With fewer than so many of either kind it has no value. */
    Auc auc(int fewest) {
        return Auc.of(byPoints, fewest);
    }

    int count() {
        return count(whole());
    }

    /** Not told of fewer than so many. */
    Share positives(int fewest) {
        var whole = whole();
        return Share.ofAtLeast(fewest, whole.positives, count(whole));
    }

    /** How many of each band were positive. */
    List<Band> bands() {
        var bands = new ArrayList<Band>();
        byBand().forEach((from, counted) -> bands.add(
                new Band(from, from == HIGHEST_BAND ? Integer.MAX_VALUE : from + BAND_POINTS - 1, share(counted))));
        return bands;
    }

    /** The share of these that would be positive if they were as often as all are who are of the same band. */
    double expected(PointsTally all) {
        var rates = all.byBand();
        double expected = 0;
        for (var band : byBand().entrySet()) {
            var of = rates.get(band.getKey());
            expected += of == null ? 0 : (double) count(band.getValue()) * of.positives / count(of);
        }
        return expected / count(whole());
    }

    private Map<Integer, Auc.Tally> byBand() {
        var bands = new TreeMap<Integer, Auc.Tally>();
        byPoints.forEach((points, tally) -> bands.computeIfAbsent(
                        Math.min(points / BAND_POINTS * BAND_POINTS, HIGHEST_BAND), b -> new Auc.Tally())
                .add(tally));
        return bands;
    }

    private Auc.Tally whole() {
        var whole = new Auc.Tally();
        byPoints.values().forEach(whole::add);
        return whole;
    }

    private static int count(Auc.Tally tally) {
        return tally.positives + tally.negatives;
    }

    private static Share share(Auc.Tally tally) {
        return Share.of(tally.positives, count(tally));
    }
}
