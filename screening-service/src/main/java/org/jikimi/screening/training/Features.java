package org.jikimi.screening.training;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jikimi.screening.model.Facts;
import org.jikimi.screening.model.Scorecard;
import org.jikimi.screening.model.ScorecardDocument;
import org.jikimi.screening.model.ScorecardDocument.AgeBand;
import org.jikimi.screening.model.ScorecardDocument.FamilyType;
import org.jikimi.screening.model.ScorecardDocument.Weight;
import org.jikimi.screening.reference.Indicator;
import org.jikimi.screening.reference.Indicators;
import org.jikimi.screening.reference.Lawful;

/**
 * What there is to learn from: every indicator of the catalogue, and the age bands, family types and regions that a
 * scorecard knows. Nothing else can enter. A family type that says the same as an indicator is one feature with it, so
 * that no fact counts twice.
 */
final class Features {
    private static final String COUNTING = "counting";

    private final ScorecardDocument like;
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();

    /** What was learned of a feature. */
    record Learned(int points, String source) {}

    /** Tells the features of a child in a round. */
    interface Reader {
        /** Places of its features, rising. */
        int[] features(Facts facts);
    }

    /** @param like whose age bands, family types and regions are taken */
    Features(ScorecardDocument like) {
        this.like = like;
        Indicators.all().forEach(indicator -> add(indicator.code()));
        like.ageBands().forEach(band -> add(band.code()));
        for (var type : like.familyTypes()) {
            var family = Scorecard.FAMILY + type.code();
            if (type.sameFactAs() == null) {
                add(family);
            } else {
                places.put(family, place(type.sameFactAs()));
            }
        }
        like.regions().forEach(region -> add(Scorecard.REGION + region.code()));
    }

    private void add(String code) {
        places.put(code, names.size());
        names.add(code);
    }

    int count() {
        return names.size();
    }

    /** The code of the reason that a feature gives. */
    String name(int feature) {
        return names.get(feature);
    }

    /** The feature that gives a reason of this code. */
    int place(String code) {
        return Objects.requireNonNull(places.get(code), code);
    }

    /** Reads as a scorecard counts, by asking one in which everything gives a point. */
    Reader reader(LocalDate asOf, Lawful lawful) {
        var ones = scorecard(COUNTING, 1, 1, 1, feature -> new Learned(1, COUNTING));
        var counting = new Scorecard(ones, asOf, lawful);
        return facts -> counting.reasons(facts).stream()
                .mapToInt(reason -> place(reason.code()))
                .sorted()
                .toArray();
    }

    /** The scorecard that gives each feature its points. */
    ScorecardDocument scorecard(
            String version, int threshold, int urgentThreshold, int caregivingGap, IntFunction<Learned> learned) {
        return new ScorecardDocument(
                version,
                "Learned scorecard " + version,
                "학습 점수표 " + version,
                "Learned from what visits found; its model card tells from which",
                threshold,
                urgentThreshold,
                caregivingGap,
                Indicators.all().stream()
                        .map(Indicator::code)
                        .map(code -> weight(code, learned.apply(place(code))))
                        .toList(),
                like.ageBands().stream()
                        .map(band -> age(band, learned.apply(place(band.code()))))
                        .toList(),
                like.familyTypes().stream()
                        .map(type -> family(type, learned.apply(place(Scorecard.FAMILY + type.code()))))
                        .toList(),
                like.regions().stream()
                        .map(Weight::code)
                        .map(code -> weight(code, learned.apply(place(Scorecard.REGION + code))))
                        .toList());
    }

    private static Weight weight(String code, Learned learned) {
        return new Weight(code, learned.points(), learned.source());
    }

    private static AgeBand age(AgeBand band, Learned learned) {
        return new AgeBand(band.code(), band.fromMonths(), band.toMonths(), learned.points(), learned.source());
    }

    private static FamilyType family(FamilyType type, Learned learned) {
        return new FamilyType(type.code(), learned.points(), type.sameFactAs(), learned.source());
    }
}
