package org.jikimi.screening.round.model;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jikimi.screening.reference.Districts;
import org.jikimi.screening.reference.FamilyTypes;
import org.jikimi.screening.reference.Indicators;
import org.jspecify.annotations.Nullable;

/**
 * Whom an analyst chooses for a planned investigation 기획조사. What is left out narrows nothing; what is given must
 * all be met.
 *
 * @param underMonths age that a child is under, 1 to 36 months; 24 if absent
 * @param familyTypes family types, one of which the household has; any if absent
 * @param districts districts 자치구, one of which the child lives in; all 25 if absent
 * @param caregivingPoints points that family type and region have together, 0 to 2,000; the model's own bound of a gap
 *     in caregiving if absent
 * @param indicators indicators, one of which counts for the child; none is needed if absent
 */
public record Composition(
        @Nullable Integer underMonths,
        @Nullable List<@Nullable String> familyTypes,
        @Nullable List<@Nullable String> districts,
        @Nullable Integer caregivingPoints,
        @Nullable List<@Nullable String> indicators) {
    public static final Composition USUAL = new Composition(null, null, null, null, null);
    public static final int USUAL_MONTHS = 24;
    private static final int MOST_MONTHS = 36;
    private static final int MOST_POINTS = 2_000;

    /** The field that is not as it must be; empty if all are. */
    public Optional<String> fault() {
        if (outside(underMonths, 1, MOST_MONTHS)) {
            return Optional.of("underMonths");
        }
        if (outside(caregivingPoints, 0, MOST_POINTS)) {
            return Optional.of("caregivingPoints");
        }
        if (strange(familyTypes, FamilyTypes.CODES::contains)) {
            return Optional.of("familyTypes");
        }
        if (strange(districts, Districts::isDistrict)) {
            return Optional.of("districts");
        }
        return strange(indicators, code -> Indicators.of(code).isPresent())
                ? Optional.of("indicators")
                : Optional.empty();
    }

    private static boolean outside(@Nullable Integer number, int least, int most) {
        return number != null && (number < least || number > most);
    }

    private interface Known {
        boolean knows(String code);
    }

    /** An empty list would choose nobody, and a code that is there twice is a slip: neither is taken. */
    private static boolean strange(@Nullable List<@Nullable String> codes, Known known) {
        if (codes == null) {
            return false;
        }
        var met = new HashSet<String>();
        for (var code : codes) {
            if (code == null || !known.knows(code) || !met.add(code)) {
                return true;
            }
        }
        return met.isEmpty();
    }
}
