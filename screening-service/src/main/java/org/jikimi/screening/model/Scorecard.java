package org.jikimi.screening.model;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jikimi.screening.reference.Indicator;
import org.jikimi.screening.reference.Indicators;
import org.jikimi.screening.reference.Lawful;
import org.jspecify.annotations.Nullable;

/** A scorecard made ready for one day: points by table look-up. Good for many children and threads. */
public final class Scorecard {
    /** How the code of a family type's reason begins. */
    public static final String FAMILY = "FAMILY_";

    /** How the code of a district's reason begins. */
    public static final String REGION = "REGION_";

    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    private static final Comparator<Reason> MOST_POINTS_FIRST =
            Comparator.comparingInt(Reason::points).reversed().thenComparing(Reason::code);

    private final ScorecardDocument document;
    private final int[] points = new int[Indicators.all().size()];
    private final int[] oldestValid = new int[points.length];
    private final Map<String, Family> families = new HashMap<>();
    private final Map<String, Integer> regions = new HashMap<>();
    private final List<Band> bands;

    private record Family(int points, int sameFactBit) {}

    private record Band(String code, LocalDate bornAfter, LocalDate bornUpTo, int points) {
        boolean holds(LocalDate born) {
            return born.isAfter(bornAfter) && !born.isAfter(bornUpTo);
        }
    }

    /**
     * Makes a version ready.
     *
     * @param lawful the indicators that count
     */
    public Scorecard(ScorecardDocument document, LocalDate asOf, Lawful lawful) {
        this.document = document;
        for (var weight : document.indicators()) {
            points[bit(weight.code())] = weight.points();
        }
        int today = (int) ChronoUnit.DAYS.between(FIRST_DAY, asOf);
        for (var indicator : Indicators.all()) {
            oldestValid[indicator.bit()] =
                    lawful.allows(indicator.bit()) ? today - indicator.validityDays() + 1 : Integer.MAX_VALUE;
        }
        for (var type : document.familyTypes()) {
            families.put(
                    type.code(), new Family(type.points(), type.sameFactAs() == null ? -1 : bit(type.sameFactAs())));
        }
        document.regions().forEach(region -> regions.put(region.code(), region.points()));
        this.bands = document.ageBands().stream()
                .map(band -> new Band(
                        band.code(),
                        asOf.minusMonths(band.toMonths()),
                        asOf.minusMonths(band.fromMonths()),
                        band.points()))
                .toList();
    }

    private static int bit(String code) {
        return Indicators.of(code).map(Indicator::bit).orElseThrow();
    }

    public String version() {
        return document.version();
    }

    public int threshold() {
        return document.threshold();
    }

    public int urgentThreshold() {
        return document.urgentThreshold();
    }

    public int score(Facts facts) {
        return score(facts, null);
    }

    /** The most points that a child can have of whom nothing was observed: those of family type, region and age. */
    public int mostWithoutIndicators() {
        int family = families.values().stream().mapToInt(Family::points).max().orElse(0);
        int region = regions.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        int age = bands.stream()
                .mapToInt(band -> agePoints(band.bornUpTo()))
                .max()
                .orElse(0);
        return Math.max(0, family) + Math.max(0, region) + Math.max(0, age);
    }

    /** Where bands overlap they add up, most at the last birthday of one of them. */
    private int agePoints(LocalDate born) {
        return bands.stream()
                .filter(band -> band.holds(born))
                .mapToInt(Band::points)
                .sum();
    }

    /** Why, most points first; what gave no points is not told. */
    public List<Reason> reasons(Facts facts) {
        var reasons = new ArrayList<Reason>();
        score(facts, reasons);
        reasons.sort(MOST_POINTS_FIRST);
        return reasons;
    }

    /** Whether the indicator was observed, stands, and is not too old. */
    public boolean counts(Facts facts, int bit) {
        if (((facts.mask() >>> bit) & 1) == 0) {
            return false;
        }
        int place = Long.bitCount(facts.mask() & ((1L << bit) - 1));
        return facts.observed()[place] >= oldestValid[bit];
    }

    /** The day of the latest observation of an indicator that counts. */
    public LocalDate observedOn(Facts facts, int bit) {
        int place = Long.bitCount(facts.mask() & ((1L << bit) - 1));
        return FIRST_DAY.plusDays(facts.observed()[place]);
    }

    /** The points of family type and region together. */
    public int caregivingPoints(Facts facts) {
        var family = families.get(facts.familyType());
        return (family == null ? 0 : family.points()) + regions.getOrDefault(facts.districtCode(), 0);
    }

    /** The points of family type and region from which they point to a gap in caregiving. */
    public int caregivingGap() {
        return document.caregivingGap();
    }

    private int score(Facts facts, @Nullable List<Reason> reasons) {
        int sum = 0;
        var family = families.get(facts.familyType());
        int familyPoints = family == null ? 0 : family.points();
        int place = 0;
        for (long left = facts.mask(); left != 0; left &= left - 1) {
            int bit = Long.numberOfTrailingZeros(left);
            if (facts.observed()[place++] < oldestValid[bit]) {
                continue;
            }
            int given = points[bit];
            if (family != null && family.sameFactBit() == bit) {
                if (familyPoints > given) {
                    continue;
                }
                familyPoints = 0;
            }
            sum += note(reasons, "", Indicators.all().get(bit).code(), given);
        }
        sum += note(reasons, FAMILY, facts.familyType(), familyPoints);
        sum += note(reasons, REGION, facts.districtCode(), regions.getOrDefault(facts.districtCode(), 0));
        var born = facts.birthDate();
        if (born != null) {
            for (var band : bands) {
                if (band.holds(born)) {
                    sum += note(reasons, "", band.code(), band.points());
                }
            }
        }
        return sum;
    }

    private static int note(@Nullable List<Reason> reasons, String prefix, String code, int points) {
        if (reasons != null && points > 0) {
            reasons.add(new Reason(prefix + code, points));
        }
        return points;
    }
}
