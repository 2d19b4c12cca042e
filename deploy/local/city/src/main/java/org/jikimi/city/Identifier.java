package org.jikimi.city;

import java.time.LocalDate;
import java.util.Locale;

/**
 * A synthetic national identifier of thirteen digits: birth date, sex, five digits, and a last digit that is always
 * wrong, so that it can belong to nobody.
 *
 * @param scheme {@code RRN} resident number, {@code TNN} temporary newborn number 임시신생아번호 or {@code TMN} temporary
 *     management number 임시관리번호
 * @param value thirteen digits
 */
public record Identifier(String scheme, String value) {
    /** Households that can have identifiers of their own; siblings differ by birth date. */
    static final long HOUSEHOLDS = 1_800_000;

    private static final int[] WEIGHTS = {2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5};

    /** The identifier of the child of a household born on a day. */
    static Identifier of(String scheme, long household, LocalDate birthDate, boolean female) {
        if (household < 0 || household >= HOUSEHOLDS) {
            throw new IllegalArgumentException("no identifiers beyond household " + HOUSEHOLDS);
        }
        long block = household / 100_000;
        int sex = (female ? 4 : 3) + (block >= 9 ? 4 : 0);
        String twelve = String.format(
                Locale.ROOT,
                "%02d%02d%02d%d%05d",
                birthDate.getYear() % 100,
                birthDate.getMonthValue(),
                birthDate.getDayOfMonth(),
                sex,
                household % 100_000);
        int wrong = (int) ((checkDigit(twelve) + 1 + block % 9) % 10);
        return new Identifier(scheme, twelve + wrong);
    }

    /** Whether thirteen digits end in the check digit that a resident number has. */
    static boolean passesCheckDigit(String thirteen) {
        return checkDigit(thirteen) == thirteen.charAt(12) - '0';
    }

    private static int checkDigit(String digits) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += WEIGHTS[i] * (digits.charAt(i) - '0');
        }
        return (11 - sum % 11) % 10;
    }

    @Override
    public String toString() {
        return scheme + " (not shown)";
    }
}
