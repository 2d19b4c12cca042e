package org.jikimi.screening.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jikimi.screening.reference.Districts;
import org.jikimi.screening.reference.FamilyTypes;
import org.jikimi.screening.reference.Indicators;
import org.jspecify.annotations.Nullable;

/**
 * A scorecard as people write and read it.
 *
 * @param version name of this version, never used twice
 * @param source where the weights come from as a whole
 * @param threshold points from which a child is a candidate of the quarterly screening
 * @param urgentThreshold points from which a child is flagged at once, between rounds
 * @param caregivingGap points of family type and region together from which they point to a gap in caregiving
 */
public record ScorecardDocument(
        String version,
        @Nullable String nameEn,
        @Nullable String nameKo,
        @Nullable String source,
        int threshold,
        int urgentThreshold,
        int caregivingGap,
        List<Weight> indicators,
        List<AgeBand> ageBands,
        List<FamilyType> familyTypes,
        List<Weight> regions) {

    /** Indicators that tell that a family refused us 방문 거부: declining help never raises a score, so they give no points. */
    public static final Set<String> DECLINED = Set.of("REPEATED_VISIT_REFUSAL");

    /** Most points of one weight. */
    public static final int MOST_POINTS = 1_000;

    private static final int MOST_ENTRIES = 1_000;

    /**
     * Points of an indicator, or of a district.
     *
     * @param source paper, statute, or {@code expert judgement}
     */
    public record Weight(String code, int points, @Nullable String source) {}

    /**
     * Points of an age: from so many months to under so many.
     *
     * @param code of its reason, of A to Z, 0 to 9 and '_', and none that another kind of reason could have
     */
    public record AgeBand(
            String code,
            int fromMonths,
            int toMonths,
            int points,
            @Nullable String source) {}

    /**
     * Points of a family type.
     *
     * @param sameFactAs indicator that says the same: of the two only the one with more points counts
     */
    public record FamilyType(
            String code,
            int points,
            @Nullable String sameFactAs,
            @Nullable String source) {}

    /**
     * Why a document cannot be a version.
     *
     * @param field where it lies, in the names of the document
     * @param detail in English, for people
     */
    public record Fault(String field, String detail) {
        private static Optional<Fault> of(String field, String detail) {
            return Optional.of(new Fault(field, detail));
        }
    }

    /** Whether it may be the name of a version: not one that stands for something else in paths. */
    public static boolean isVersion(String name) {
        return name.matches("[a-z0-9][a-z0-9.-]{0,39}") && !name.equals("trainings");
    }

    /** What is wrong with it; empty if nothing is. */
    public Optional<Fault> fault() {
        if (version == null || !isVersion(version)) {
            return Fault.of("version", "version must be 1 to 40 of a-z, 0-9, '.' and '-', and not 'trainings'");
        }
        if (indicators == null || ageBands == null || familyTypes == null || regions == null) {
            var field = indicators == null
                    ? "indicators"
                    : ageBands == null ? "ageBands" : familyTypes == null ? "familyTypes" : "regions";
            return Fault.of(field, "indicators, ageBands, familyTypes and regions must be lists");
        }
        if (threshold < 1 || urgentThreshold < threshold || caregivingGap < 1 || urgentThreshold > 100 * MOST_POINTS) {
            var field = threshold < 1 ? "threshold" : caregivingGap < 1 ? "caregivingGap" : "urgentThreshold";
            return Fault.of(field, "thresholds must be positive, the urgent one not below the other");
        }
        var codes = new HashSet<String>();
        for (var weight : indicators) {
            if (weight == null
                    || weight.code() == null
                    || Indicators.of(weight.code()).isEmpty()) {
                return Fault.of("indicators", "indicators holds an unknown code");
            }
            if (!codes.add(weight.code()) || outOfRange(weight.points())) {
                return Fault.of("indicators", "an indicator is there twice, or its points are not 0 to " + MOST_POINTS);
            }
            if (DECLINED.contains(weight.code()) && weight.points() > 0) {
                return Fault.of(
                        "indicators", weight.code() + " must give 0 points: declining help never raises a score");
            }
        }
        for (var band : ageBands) {
            if (band == null || band.code() == null || !isAgeCode(band.code())) {
                return Fault.of(
                        "ageBands",
                        "the code of an age band must be 1 to 40 of A-Z, 0-9 and '_', begin with a letter but not with "
                                + "FAMILY_ or REGION_, and be no indicator");
            }
            if (band.fromMonths() < 0
                    || band.toMonths() <= band.fromMonths()
                    || band.toMonths() > 216
                    || outOfRange(band.points())
                    || !codes.add(band.code())) {
                return Fault.of("ageBands", "an age band is not as it must be");
            }
        }
        for (var type : familyTypes) {
            if (type == null
                    || type.code() == null
                    || !FamilyTypes.CODES.contains(type.code())
                    || outOfRange(type.points())
                    || !codes.add("FAMILY_" + type.code())
                    || (type.sameFactAs() != null
                            && Indicators.of(type.sameFactAs()).isEmpty())) {
                return Fault.of("familyTypes", "a family type is not as it must be");
            }
            var same = FamilyTypes.SAME_FACTS.get(type.code());
            if (same != null && !same.equals(type.sameFactAs())) {
                return Fault.of(
                        "familyTypes",
                        "family type " + type.code() + " must name " + same + " as sameFactAs: one fact counts once");
            }
        }
        for (var region : regions) {
            if (region == null
                    || region.code() == null
                    || !Districts.isDistrict(region.code())
                    || outOfRange(region.points())
                    || !codes.add(region.code())) {
                return Fault.of("regions", "a region is not as it must be");
            }
        }
        if (codes.size() > MOST_ENTRIES) {
            return Fault.of("ageBands", "too many entries");
        }
        return withoutSource().stream().findFirst();
    }

    /** Whether it can be kept among the reasons of a flag, and read again as nothing but an age. */
    private static boolean isAgeCode(String code) {
        return code.matches("[A-Z][A-Z0-9_]{0,39}")
                && !code.startsWith(Scorecard.FAMILY)
                && !code.startsWith(Scorecard.REGION)
                && Indicators.of(code).isEmpty();
    }

    /** Weights of which nobody says where they come from. */
    private List<Fault> withoutSource() {
        var faults = new ArrayList<Fault>();
        indicators.forEach(weight -> source(faults, "indicators", weight.code(), weight.source()));
        ageBands.forEach(band -> source(faults, "ageBands", band.code(), band.source()));
        familyTypes.forEach(type -> source(faults, "familyTypes", "family type " + type.code(), type.source()));
        regions.forEach(region -> source(faults, "regions", "region " + region.code(), region.source()));
        return faults;
    }

    private static void source(List<Fault> faults, String field, String code, @Nullable String source) {
        if (source == null || source.isBlank()) {
            faults.add(new Fault(field, code + " has no source: name a study, a statute, or expert judgement"));
        }
    }

    private static boolean outOfRange(int points) {
        return points < 0 || points > MOST_POINTS;
    }
}
