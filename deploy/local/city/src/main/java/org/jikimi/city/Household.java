package org.jikimi.city;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A synthetic household.
 *
 * @param number number in the city, from 0
 * @param district where it lives
 * @param dongCode dong 행정동, ten digits
 * @param familyType {@code TWO_PARENT}, {@code SINGLE_PARENT}, {@code GRANDPARENT}, {@code FOSTER} or {@code OTHER}
 * @param risk hidden risk, mean 0 and standard deviation 1; many indicators follow it
 * @param children one to three, youngest first, with different birth dates
 * @param script what the story has in store for the family; null for most
 */
public record Household(
        long number,
        District district,
        String dongCode,
        String familyType,
        double risk,
        List<Child> children,
        @Nullable Script script) {
    public Household {
        children = List.copyOf(children);
    }

    /** The id that agencies know it by, such as {@code H-0000042}. */
    public String id() {
        return String.format(Locale.ROOT, "H-%07d", number);
    }

    /** An address that no post could reach. */
    public String address() {
        return String.format(Locale.ROOT, "합성-%s 합성로 %d길 %d", district.nameKo(), 1 + number % 97, 1 + number % 211);
    }

    @Override
    public String toString() {
        return "household " + number;
    }
}
