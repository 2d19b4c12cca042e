package org.jikimi.screening.registry;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.jspecify.annotations.Nullable;

/**
 * How much two entries of the registry speak for being one child. Two birth dates that are no slip of each other rule it
 * out: siblings are often named alike. Two resident numbers do too, since a register gives one to a child, unless name and
 * birth date are the same: a number may be changed.
 *
 * @param score 0 to 1; platform policy, the weights below
 * @param reasons codes, the weightiest first
 */
record Likeness(double score, List<String> reasons) {
    /** From here on a pair is shown to a person. */
    static final double WORTH_A_LOOK = 0.6;

    private static final String RESIDENT_NUMBER = "RRN";
    private static final double NAME = 0.45;
    private static final double BIRTH_DATE = 0.3;
    private static final double TRANSPOSED = 0.2;
    private static final double HOUSEHOLD = 0.15;
    private static final double TEMPORARY_NUMBER = 0.1;
    private static final double ALIKE = 0.85;
    private static final JaroWinklerSimilarity NAMES = new JaroWinklerSimilarity();

    Likeness {
        reasons = List.copyOf(reasons);
    }

    /** What is compared of an entry; the scheme is null for a provisional one. */
    record Entry(
            @Nullable String name,
            @Nullable LocalDate birthDate,
            boolean sameHousehold,
            @Nullable String scheme) {
        @Override
        public String toString() {
            return "entry";
        }
    }

    static Likeness of(Entry one, Entry other) {
        double score = 0;
        var reasons = new ArrayList<String>();
        double names = alike(one.name(), other.name());
        if (names >= ALIKE) {
            score += NAME * names;
            reasons.add(names == 1 ? "SAME_NAME" : "SIMILAR_NAME");
        }
        boolean sameDay = one.birthDate() != null && one.birthDate().equals(other.birthDate());
        boolean transposed = isTransposed(one.birthDate(), other.birthDate());
        if (sameDay) {
            score += BIRTH_DATE;
            reasons.add("SAME_BIRTH_DATE");
        } else if (transposed) {
            score += TRANSPOSED;
            reasons.add("TRANSPOSED_BIRTH_DATE");
        }
        if (one.sameHousehold() && other.sameHousehold()) {
            score += HOUSEHOLD;
            reasons.add("SAME_HOUSEHOLD");
        }
        boolean bothResident = RESIDENT_NUMBER.equals(one.scheme()) && RESIDENT_NUMBER.equals(other.scheme());
        if (!bothResident) {
            score += TEMPORARY_NUMBER;
            reasons.add(one.scheme() == null || other.scheme() == null ? "WITHOUT_NUMBER" : "TEMPORARY_NUMBER");
        }
        boolean otherDay = !sameDay && !transposed && one.birthDate() != null && other.birthDate() != null;
        boolean ruledOut = otherDay || (bothResident && !(sameDay && names == 1));
        return new Likeness(ruledOut ? 0 : Math.round(score * 100) / 100.0, reasons);
    }

    /** By the letters of which syllables are made, so that one wrong vowel is a small difference in Hangul too. */
    private static double alike(@Nullable String one, @Nullable String other) {
        return one == null || other == null ? 0 : NAMES.apply(letters(one), letters(other));
    }

    private static String letters(String name) {
        return Normalizer.normalize(name.replaceAll("\\s+", ""), Normalizer.Form.NFD);
    }

    /** Whether two digits that stand side by side, or day and month, were exchanged. */
    private static boolean isTransposed(@Nullable LocalDate one, @Nullable LocalDate other) {
        if (one == null || other == null) {
            return false;
        }
        if (one.getYear() == other.getYear()
                && one.getMonthValue() == other.getDayOfMonth()
                && one.getDayOfMonth() == other.getMonthValue()) {
            return true;
        }
        var digits = one.toString().replace("-", "");
        var others = other.toString().replace("-", "");
        for (int i = 1; i < digits.length(); i++) {
            var exchanged =
                    digits.substring(0, i - 1) + digits.charAt(i) + digits.charAt(i - 1) + digits.substring(i + 1);
            if (exchanged.equals(others)) {
                return true;
            }
        }
        return false;
    }
}
